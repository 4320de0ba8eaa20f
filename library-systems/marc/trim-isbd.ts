/** Marks of the Non-Sorting Characters around an article (ISO 6630; UNIMARC Manual, appendix J), in bytes and in Unicode. */
const NON_SORTING = /[\u0088\u0089\u0098\u009c]/g;
/** ISBD puts the sign of the next element at the end of the element before. */
const SIGNS_OF_THE_NEXT = new Set(['/', ':', ';', ',', '=', ' ']);
/** Whose full stop is their own: initials and the abbreviations that end fields. */
const ABBREVIATED =
  /(?:^|[\s.(\p{Pd}])(?:(?!\p{Script=Han})\p{L}|jr|sr|st|dr|ed|éd|edn|etc|al|vols?|inc|ltd|co|corp|cie|univ|dept|bros|enl|corr|rev|aufl|bd|hrsg|pt|no|p|v|b\.c)\.$/iu;

/** What a field says, without the punctuation that ISBD prescribes between fields (ISBD 2011, A.3). */
export function trimIsbd(text: string): string {
  let trimmed = text.normalize('NFC').replace(NON_SORTING, '').replace(/\s+/gu, ' ').trim();
  // By hand: an expression that looks for a run at the end takes quadratic time where long runs stand elsewhere.
  let end = trimmed.length;
  while (end > 0 && (SIGNS_OF_THE_NEXT.has(trimmed[end - 1]!) || trimmed.endsWith(' +', end))) end -= 1;
  trimmed = trimmed.slice(0, end);
  // A full stop ends an area; one that belongs to an abbreviation or to "…" stays.
  if (trimmed.endsWith('.') && !trimmed.endsWith('..') && !ABBREVIATED.test(trimmed)) {
    trimmed = trimmed.slice(0, -1).trimEnd();
  }
  return withoutBrackets(trimmed);
}

/** `[…]` around the whole: supplied by the cataloguer, which no reader needs to see. */
function withoutBrackets(text: string): string {
  const inner = text.slice(1, -1);
  if (text.startsWith('[') && text.endsWith(']') && !/[[\]]/.test(inner)) return inner.trim();
  return text;
}
