import { hasEanCheckDigit, parseIsbn } from './isbn';

export type ScanClass =
  /**
   * A title. `barcodes` is not empty when the same ten digits may as well be the barcode of a copy:
   * scanners deliver ISBN-13 only, so look for the copy first, then for the title.
   */
  | { kind: 'isbn'; isbn13: string; barcodes: string[] }
  /** Perhaps a copy: try the barcodes in this order; `otherwise` is what to say when none is known. */
  | { kind: 'item'; barcodes: string[]; otherwise: 'no-such-item' | 'bad-check-digit' | 'not-a-book-barcode' }
  | { kind: 'unknown'; reason: 'empty' | 'web-address' | 'bad-check-digit' | 'not-a-barcode' };

const MAX_BARCODE = 40;
/** What Code 39 can print; Code 128 labels of libraries keep to the same characters. */
const BARCODE = /^[0-9A-Z\-.$/+% _:]+$/;
/** Codabar with its start and stop letters (A–D, or T N * E as printed on older labels). */
const CODABAR = /^[A-DTN*E]([0-9][0-9\-$:/.+]*[0-9])[A-DTN*E]$/;
const WEB_ADDRESS =
  /^[a-z][a-z0-9+.-]*:\/\/|^(?:www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|edu|gov|io)(?:[/?:#]|$))/i;

/** Says what a scanned or typed text can be, without asking the library. Any text is welcome. */
export function classifyScan(text: string): ScanClass {
  const clean = text
    .slice(0, 4_296)
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  if (clean === '') return { kind: 'unknown', reason: 'empty' };
  if (WEB_ADDRESS.test(clean)) {
    const named = parameterOf(clean);
    const inner = named === undefined ? undefined : classifyCode(named);
    return inner === undefined || inner.kind === 'unknown'
      ? { kind: 'unknown', reason: 'web-address' }
      : inner;
  }
  return classifyCode(clean);
}

function classifyCode(clean: string): ScanClass {
  const isbn = parseIsbn(clean);
  const digitsOnly = /^\d+$/.test(clean);
  if (isbn)
    return { kind: 'isbn', isbn13: isbn.isbn13, barcodes: digitsOnly && clean.length === 10 ? [clean] : [] };
  if (clean.length > MAX_BARCODE) return { kind: 'unknown', reason: 'not-a-barcode' };
  if (looksLikeIsbn(clean)) return { kind: 'unknown', reason: 'bad-check-digit' };
  const barcodes = itemBarcodes(clean);
  if (barcodes.length === 0) return { kind: 'unknown', reason: 'not-a-barcode' };
  return { kind: 'item', barcodes, otherwise: otherwise(clean) };
}

/** Spelt as only an ISBN is (label or groups), but its digits do not add up. */
function looksLikeIsbn(clean: string): boolean {
  if (/^(?:urn:)?isbn/i.test(clean) && /\d{9}/.test(clean.replace(/\D/g, ''))) return true;
  const groups = clean.split(/[\s\p{Pd}]+/u);
  const compact = groups.join('');
  return groups.length === 5 && /^97[89]\d{10}$/.test(compact);
}

/** Likeliest first: without Codabar's letters, without blanks, as read. */
function itemBarcodes(clean: string): string[] {
  const asRead = clean.toUpperCase();
  const unstarred = /^\*.+\*$/.test(asRead) ? asRead.slice(1, -1) : asRead;
  const codabar = CODABAR.exec(asRead)?.[1];
  const candidates = [codabar, unstarred.replace(/ /g, ''), unstarred, clean];
  return [...new Set(candidates)].filter(
    (c): c is string => c !== undefined && c.length >= 4 && BARCODE.test(c.toUpperCase()) && /\d/.test(c),
  );
}

function otherwise(clean: string): 'no-such-item' | 'bad-check-digit' | 'not-a-book-barcode' {
  const compact = clean.replace(/ /g, '');
  if (/^97[89]\d{10}$/.test(compact)) return 'bad-check-digit';
  if (/^(?:\d{8}|\d{12}|\d{13})$/.test(compact) && hasEanCheckDigit(compact)) return 'not-a-book-barcode';
  return 'no-such-item';
}

/** The value of `barcode=` or `isbn=` in the query of a web address. */
function parameterOf(address: string): string | undefined {
  const value = /[?&#](?:barcode|isbn)=([^&#\s]+)/i.exec(address)?.[1];
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value.replace(/\+/g, ' ')).trim();
  } catch {
    return undefined;
  }
}
