import { parse } from 'isbn3';
import publisherPrefixes from './publisher-prefixes.json';

/** What the number itself tells about a book; absent parts are not known. */
export interface IsbnDescription {
  /** With hyphens where the ranges are published, else the bare digits. */
  formatted: string;
  /** Registration group in English, e.g. "China, People's Republic". */
  area?: string;
  publisher?: string;
}

const publishers: Record<string, string> = publisherPrefixes;

/**
 * Splits an ISBN-13 into its elements (ISBN Users' Manual, 7th edition, section 4).
 * @param isbn13 thirteen digits with a valid check digit
 */
export function describeIsbn(isbn13: string): IsbnDescription {
  const parsed = parse(isbn13);
  if (!parsed?.isbn13h) return { formatted: isbn13 };
  const publisher = publishers[`${parsed.prefix}-${parsed.group}-${parsed.publisher}`];
  return {
    formatted: parsed.isbn13h,
    ...(parsed.groupname ? { area: parsed.groupname } : {}),
    ...(publisher ? { publisher } : {}),
  };
}
