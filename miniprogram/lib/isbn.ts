/** Everything that people and keyboards put between the digits: blanks, hyphens and dashes of all widths. */
const SEPARATORS = /[\s\p{Pd}\u00ad\u2212\u00b7.]/gu;
const LABEL = /^(?:urn:)?isbn(?:[-\s]?1[03])?\s*[::]?\s*(?=[\dx])/i;
/** Longer than any ISBN with label and separators; what exceeds it is not worth normalising. */
const MAX_LENGTH = 60;

/**
 * Reads an ISBN as readers type it and scanners deliver it: ISBN-10 or ISBN-13, with hyphens, blanks,
 * full-width digits or a leading "ISBN". Check digits as in the ISBN Users' Manual, 7th edition, appendix 1.
 * @returns the 13 digits, or nothing when the text is no valid ISBN
 */
export function parseIsbn(text: string): { isbn13: string } | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const compact = text.normalize('NFKC').trim().replace(LABEL, '').replace(SEPARATORS, '').toUpperCase();
  if (/^97[89]\d{10}$/.test(compact)) return hasEanCheckDigit(compact) ? { isbn13: compact } : undefined;
  if (/^\d{9}[\dX]$/.test(compact) && hasIsbn10CheckDigit(compact)) return { isbn13: isbn10To13(compact) };
  return undefined;
}

/** Whether the last of 8, 12, 13 or 14 digits is the check digit of the ones before (GS1 General Specifications, 7.9). */
export function hasEanCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const weight = (digits.length - i) % 2 === 1 ? 1 : 3;
    sum += weight * Number(digits[i]);
  }
  return sum % 10 === 0;
}

function hasIsbn10CheckDigit(isbn10: string): boolean {
  let sum = 0;
  for (let i = 0; i < 10; i++) sum += (10 - i) * (isbn10[i] === 'X' ? 10 : Number(isbn10[i]));
  return sum % 11 === 0;
}

function isbn10To13(isbn10: string): string {
  const body = `978${isbn10.slice(0, 9)}`;
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += (i % 2 === 0 ? 1 : 3) * Number(body[i]);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
