import { parse } from 'isbn3';
import { parseIsbn } from '../miniprogram/lib/isbn';

/**
 * The ways in which a catalogue may write an ISBN: 13 and 10 digits, with and without hyphens. What is no ISBN is
 * searched for as it was typed.
 */
export function isbnForms(text: string): [string, ...string[]] {
  const isbn13 = parseIsbn(text)?.isbn13;
  if (isbn13 === undefined) return [text];
  const { isbn10, isbn13h, isbn10h } = parse(isbn13) ?? {};
  const others = [isbn10, isbn13h, isbn10h].filter((form) => form !== undefined && form !== '');
  return [isbn13, ...new Set(others.filter((form): form is string => form !== isbn13))];
}
