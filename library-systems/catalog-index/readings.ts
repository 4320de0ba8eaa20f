import { pinyin } from 'pinyin-pro';
import type { Unit } from './units';

/** How a text is read aloud in Mandarin. */
export interface Reading {
  /** One a unit: a syllable without tone (`lv` for 绿), or the word itself. */
  syllables: string[];
  /** `hongloumeng` */
  compact: string;
  /** `hlm` */
  initials: string;
}

const HAN = /^\p{Script=Han}$/u;

/**
 * Reads units of which some are Han characters; phrases decide between the
 * readings of a character (重庆, 银行). `undefined` when there is none to read.
 * @param name of a person: a surname is read as surnames are (曾 zeng)
 */
export function readAloud(units: readonly Unit[], name = false): Reading | undefined {
  const isHan = units.map(({ text, cjk }) => cjk && HAN.test(text));
  if (!isHan.includes(true)) return undefined;
  const syllables: string[] = [];
  for (let i = 0; i < units.length;) {
    if (!isHan[i]) {
      syllables.push(units[i++]?.text ?? '');
      continue;
    }
    let end = i;
    while (isHan[end]) end++;
    syllables.push(
      ...readRun(
        units.slice(i, end).map(({ text }) => text),
        name && i === 0,
      ),
    );
    i = end;
  }
  return { syllables, compact: syllables.join(''), initials: syllables.map((s) => s.charAt(0)).join('') };
}

function readRun(chars: string[], name: boolean): string[] {
  const options = { toneType: 'none', type: 'array', v: true } as const;
  const read = pinyin(chars.join(''), name ? { ...options, surname: 'head' } : options);
  return read.length === chars.length ? read : chars.map((char) => pinyin(char, options)[0] ?? char);
}

/**
 * All ways to cut letters into the given syllables, longest first; at most `limit`.
 * `xian` gives [xian] and [xi, an].
 */
export function cutSyllables(letters: string, known: ReadonlySet<string>, limit = 8): string[][] {
  const cuts: string[][] = [];
  const dead = new Set<number>();
  const walk = (at: number, soFar: string[]): boolean => {
    if (at === letters.length) {
      cuts.push(soFar);
      return true;
    }
    if (dead.has(at)) return false;
    let reached = false;
    for (let length = Math.min(6, letters.length - at); length > 0 && cuts.length < limit; length--) {
      const syllable = letters.slice(at, at + length);
      if (known.has(syllable) && walk(at + length, [...soFar, syllable])) reached = true;
    }
    if (!reached && cuts.length < limit) dead.add(at);
    return reached;
  };
  if (letters.length > 0 && letters.length <= 64) walk(0, []);
  return cuts;
}
