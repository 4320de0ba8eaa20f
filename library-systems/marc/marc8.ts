import { eaccTable } from './eacc-table';
import { ONE_BYTE_SETS } from './marc8-sets';

const ESCAPE = 0x1b;
/** Sets are to be ASCII and ANSEL again before a subfield begins; where they are not, the escape was lost. */
const DELIMITER = 0x1f;
const UNREADABLE = '\ufffd';
const EACC = '1';
const ASCII = 'B';
const ANSEL = 'E';

const one = new Map(
  Object.entries(ONE_BYTE_SETS).map(([name, runs]) => {
    const characters = new Map<number, string>();
    for (const [first, text] of runs) {
      [...text].forEach((character, i) => characters.set((first + i) & 0x7f, character));
    }
    return [name, characters];
  }),
);

/** In ANSEL the second halves of a ligature and of a double tilde: Unicode's mark spans both letters. */
const SECOND_HALVES = new Set([0xec & 0x7f, 0xfb & 0x7f]);
/** Around an article that does not count in sorting, and joiners (MARC 21 Specifications, Part 2, control characters). */
const CONTROLS = new Map([
  [0x88, '\u0098'],
  [0x89, '\u009c'],
  [0x8d, '\u200d'],
  [0x8e, '\u200c'],
]);

interface Sets {
  g0: string;
  g1: string;
}

export interface Decoded {
  text: string;
  /** Characters that could not be read; each stands as U+FFFD in the text. */
  unreadable: number;
}

/**
 * Decodes one field of MARC-8 (MARC 21 Specifications for Record Structure, Character Sets, Part 2): ASCII, ANSEL,
 * Hebrew, Cyrillic, Arabic, Greek, sub- and superscripts, and East Asian characters (EACC). Marks, which MARC-8 puts in
 * front of their letter, follow it; the text is in Unicode's NFC. Never guesses: a run of East Asian bytes that does not
 * come out even has lost or gained a byte, so all of its characters would be wrong, and none is read.
 */
export function decodeMarc8(bytes: Uint8Array): Decoded {
  const sets: Sets = { g0: ASCII, g1: ANSEL };
  let text = '';
  let marks = '';
  let unreadable = 0;
  const put = (character: string): void => {
    if (/^\p{Mn}$/u.test(character)) marks += character;
    else {
      text += character + marks;
      marks = '';
    }
  };
  const fail = (): void => {
    unreadable += 1;
    put(UNREADABLE);
  };
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!;
    if (byte === ESCAPE) {
      const length = designate(bytes, at, sets);
      if (length === 0) fail();
      at += Math.max(length, 1);
    } else if (byte <= 0x20 || byte === 0x7f) {
      if (byte === DELIMITER) Object.assign(sets, { g0: ASCII, g1: ANSEL });
      // A delimiter ends what a mark could stand on.
      if (byte < 0x20) put('');
      put(String.fromCharCode(byte));
      at += 1;
    } else if (byte >= 0x80 && byte <= 0xa0) {
      const control = CONTROLS.get(byte);
      if (control === undefined) fail();
      else text += control;
      at += 1;
    } else {
      const high = byte > 0x7f;
      const name = high ? sets.g1 : sets.g0;
      if (name === EACC) {
        const end = endOfRun(bytes, at, high);
        const run = readEacc(bytes.subarray(at, end));
        if (run === undefined) fail();
        else for (const character of run) put(character);
        at = end;
      } else {
        const low = byte & 0x7f;
        const character = name === ASCII ? String.fromCharCode(low) : one.get(name)?.get(low);
        if (character !== undefined) put(character);
        else if (name !== ANSEL || !SECOND_HALVES.has(low)) fail();
        at += 1;
      }
    }
  }
  return { text: (text + marks).normalize('NFC'), unreadable };
}

/** Takes an escape sequence; @returns its length in bytes, 0 when it is none that MARC-8 knows. */
function designate(bytes: Uint8Array, at: number, sets: Sets): number {
  const character = (index: number): string => String.fromCharCode(bytes[index] ?? 0);
  let next = at + 1;
  if (/[gbps]/.test(character(next))) {
    sets.g0 = character(next) === 's' ? ASCII : character(next);
    return 2;
  }
  const multibyte = character(next) === '$';
  if (multibyte) next += 1;
  const second = /[)-]/.test(character(next));
  if (second || /[(,]/.test(character(next))) next += 1;
  else if (!multibyte) return 0;
  if (character(next) === '!') next += 1;
  const final = character(next);
  if (multibyte ? final !== EACC : !/[BE234NQS]/.test(final)) return 0;
  if (second) sets.g1 = final;
  else sets.g0 = final;
  return next + 1 - at;
}

function endOfRun(bytes: Uint8Array, from: number, high: boolean): number {
  let end = from;
  while (end < bytes.length) {
    const byte = bytes[end]!;
    if (high ? byte <= 0xa0 || byte === 0xff : byte <= 0x20 || byte >= 0x7f) break;
    end += 1;
  }
  return end;
}

/** All characters of a run, or nothing when one of them is none. */
function readEacc(run: Uint8Array): string[] | undefined {
  if (run.length % 3 !== 0) return undefined;
  const characters: string[] = [];
  for (let at = 0; at < run.length; at += 3) {
    const [a, b, c] = [run[at]! & 0x7f, run[at + 1]! & 0x7f, run[at + 2]! & 0x7f];
    const character = eaccTable().get((a - 33) * 8_836 + (b - 33) * 94 + c - 33);
    if (character === undefined) return undefined;
    characters.push(character);
  }
  return characters;
}
