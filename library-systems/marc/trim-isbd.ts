/** Marks of the Non-Sorting Characters around an article (ISO 6630; UNIMARC Manual, appendix J), in bytes and in Unicode. */
const NON_SORTING = /[\u0088\u0089\u0098\u009c]/g;
/** ISBD puts the sign of the next element at the end of the element before. */
const SIGN_OF_THE_NEXT = /\s*(?:[/:;,=]|\s\+)\s*$/u;
const ABBREVIATED =
  /(?:^|[\s.(])(?:\p{Lu}|\p{L}{1,3}|etc|vols?|Inc|Ltd|Corp|Univ|Dept|Bros|enl|corr|edn)\.$/u;

/** What a field says, without the punctuation that ISBD prescribes between fields (ISBD 2011, A.3). */
export function trimIsbd(text: string): string {
  let trimmed = text.replace(NON_SORTING, '').replace(/\s+/gu, ' ').trim();
  for (let before = ''; before !== trimmed;) {
    before = trimmed;
    trimmed = trimmed.replace(SIGN_OF_THE_NEXT, '');
  }
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
