import type { Texts } from '../i18n/index';
import type { Library } from './library';

const NAMED = ['title', 'author', 'isbn', 'callNumber'] as const;

/** What one may search by, in the words of the empty field; what this library's search does not understand is left out. */
export function searchPlaceholder(library: Library | undefined, { search: t }: Texts): string {
  const fields = library?.search?.fields;
  if (fields === undefined) return t.placeholder;
  const names = NAMED.filter((key) => fields.includes(key)).map((key) => t.placeholderFields[key]);
  if (names.length === 0) return t.placeholderPlain;
  const words = names.join(t.placeholderBetween);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
