/** Punctuation of Chinese keyboards and word processors that looks like JSON's. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ '“': '"', '”': '"', '＂': '"', '‘': '"', '’': '"', "'": '"' },
  ...{ '，': ',', '、': ',', '：': ':', '｛': '{', '｝': '}', '［': '[', '］': ']', '【': '[', '】': ']' },
  ...{ '\u3000': 'a space', '\u00a0': 'a space' },
};
const TOKEN = /"(?:[^"\\\p{Cc}]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/uy;

/**
 * Where a text stops to be JSON, by line and column, and what is amiss there.
 * Node.js tells an offset at best, and shows a piece of the text, which may be
 * a secret that does not belong there.
 */
export function describeJsonError(text: string): string {
  if (text.trim() === '') return 'it is empty';
  const at = findError(text);
  if (at === undefined) return 'it ends before it is complete: a bracket } or ] is missing, or a quote';
  const before = text.slice(0, at.offset).split('\n');
  return `line ${before.length}, column ${before.at(-1)!.length + 1}: ${at.what}`;
}

interface Found {
  offset: number;
  what: string;
}

/** Follows the grammar as far as it is kept; `undefined` where the text just ends. */
function findError(text: string): Found | undefined {
  const open: string[] = [];
  let offset = 0;
  let last = '';
  for (;;) {
    offset += /^[ \t\r\n]*/.exec(text.slice(offset))![0].length;
    if (offset >= text.length) return undefined;
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return { offset, what: explain(text, offset) };
    const what = misplaced(token, last, open);
    if (what !== undefined) return { offset, what };
    if (token === '{' || token === '[') open.push(token);
    if (token === '}' || token === ']') open.pop();
    last = token === ':' || token === ',' || token === '{' || token === '[' ? token : 'value';
    // A name is no value: it waits for its colon.
    if (token.startsWith('"') && isName(text, offset + token.length, open)) last = 'name';
    offset += token.length;
  }
}

const isName = (text: string, end: number, open: readonly string[]): boolean =>
  open.at(-1) === '{' && /^[ \t\r\n]*[:：]/.test(text.slice(end));

function misplaced(token: string, last: string, open: readonly string[]): string | undefined {
  const closes = token === '}' || token === ']';
  if (closes && last === ',') return `a comma before ${token} is one too many`;
  if (closes && open.at(-1) !== (token === '}' ? '{' : '['))
    return `nothing is open that ${token} could close`;
  if (token === ',' && last !== 'value') return 'a comma is one too many';
  if (token === ':' && last !== 'name') return 'a colon stands only between a name in quotes and its value';
  if (!closes && token !== ',' && token !== ':') {
    if (last === 'name') return 'a colon is missing before this';
    if (last === 'value')
      return open.length === 0 ? 'nothing may stand behind the end' : 'a comma is missing before this';
  }
  return closes && (last === ':' || last === 'name') ? 'a value is missing before this' : undefined;
}

/** What stands where no token begins. */
function explain(text: string, offset: number): string {
  const sign = String.fromCodePoint(text.codePointAt(offset)!);
  const meant = LOOKALIKES[sign];
  if (sign === '\u3000' || sign === '\u00a0')
    return 'a space of another kind than JSON knows; write a plain one';
  if (meant !== undefined) return `${sign} stands where ${meant} must stand`;
  if (/^(?:\/\/|\/\*|#)/.test(text.slice(offset))) return 'JSON has no comments; take this out';
  if (sign === '"') return 'a text that is not closed in its line, or holds a tab: end it by "';
  if (/[\p{L}_$]/u.test(sign)) return 'names and texts stand in double quotes "…"';
  return 'this cannot stand here';
}
