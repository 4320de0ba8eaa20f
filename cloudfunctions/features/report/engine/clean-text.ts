/**
 * What cannot be shown, or turns the direction of what stands behind it: control characters, halves of
 * characters, overrides of direction, and blanks at the ends or in rows. Marks of direction within a
 * right-to-left title stay.
 */
const UNSHOWN = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd\s]+/gu;

/** Joiners and marks of direction have no shape of their own: a text of nothing else shows as a blank. */
const SHAPELESS = /^[\p{Cf}\s]*$/u;

const MAX_TITLE = 200;
const MAX_AUTHOR = 100;

/** @returns undefined where nothing is left */
export function cleanText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (isPlain(text)) return text;
  const clean = text.replace(UNSHOWN, ' ').trim();
  return SHAPELESS.test(clean) ? undefined : clean;
}

/** Only ASCII, single blanks within it, and Chinese: as nearly all are, and ten times as fast as an expression. */
function isPlain(text: string): boolean {
  let before = 0x20;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const shown = (code > 0x20 && code < 0x7f) || (code >= 0x3001 && code < 0xa000);
    if (!shown && (code !== 0x20 || before === 0x20)) return false;
    before = code;
  }
  return before !== 0x20;
}

/** Cut to at most `most` characters, marked where it was cut. */
function cut(text: string | undefined, most: number): string | undefined {
  if (text === undefined || text.length <= most) return text;
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

export const cleanTitle = (title: string | undefined): string | undefined => cut(cleanText(title), MAX_TITLE);

const NOBODY = new Set(['佚名', '不详', '未知', '无', 'anonymous', 'unknown', 'none', 'null', 'n/a', '-']);
/** "[英] ", "（美）": where an author is from. */
const ORIGIN = /^[[(（〔【［][^\])）〕】］]{1,6}[\])）〕】］]\s*/u;
/** "余华著" is 余华. */
const ROLE = /\s*(?:编著|主编|[著编撰])$/u;
const ROLE_ENDS = '著编撰';

const NOBODY_STARTS = '佚不未无aunAUN-';

/** An author's name, so that one person counts once; undefined where the source names nobody. */
export function cleanAuthor(author: string | undefined): string | undefined {
  const text = cleanText(author);
  if (text === undefined) return undefined;
  let name = '[(（〔【［'.includes(text.charAt(0)) ? text.replace(ORIGIN, '') : text;
  if (ROLE_ENDS.includes(name.charAt(name.length - 1))) {
    const bare = name.replace(ROLE, '');
    // a name of one character is none: 编 may be all there is
    if (bare.length >= 2) name = bare;
  }
  if (name === '' || (NOBODY_STARTS.includes(name.charAt(0)) && NOBODY.has(name.toLowerCase())))
    return undefined;
  return cut(name, MAX_AUTHOR);
}
