import { parse } from 'isbn3';
import type { SearchInput, SearchSort } from '../../../contracts/catalog';
import { isbnForms } from '../../isbn-forms';
import { LibraryFault } from '../../library-fault';
import type { MarcFormat } from '../../marc';

/** What `q` of `GET /biblios` can be asked for: columns of biblio and biblioitems, by substring. */
export const KOHA_ABILITIES = {
  fields: ['any', 'title', 'author', 'isbn'],
  sorts: ['relevance', 'newest'],
  filters: ['years'],
} as const;

/** A query of Koha's API: it is data throughout, so a reader's text can never become an operator or a column. */
export type JsonQuery = { [key: string]: JsonQuery | JsonQuery[] | string | number };

const TITLE = ['title', 'subtitle', 'part_name', 'part_number'];
const COLUMNS: Record<'any' | 'title' | 'author', string[]> = {
  any: [...TITLE, 'author'],
  title: TITLE,
  author: ['author'],
};
/** More words than anybody types; each costs the database a comparison a column. */
const MAX_WORDS = 16;

/** `%`, `_` and the backslash mean something in SQL's LIKE. */
const contains = (text: string): JsonQuery => ({ '-like': `%${text.replace(/[\\%_]/g, '\\$&')}%` });
const anyOf = (columns: readonly string[], texts: readonly string[]): JsonQuery => ({
  '-or': columns.flatMap((column) => texts.map((text) => ({ [column]: contains(text) }))),
});

/**
 * `q` and `_order_by` for a search: every word stands in one of the columns.
 * @throws {LibraryFault} REJECTED for what these columns cannot tell
 */
export function buildQuery(
  { field, text, sort, filters }: SearchInput,
  format: MarcFormat,
): { q: string; _order_by: string } {
  const { availableNow, branches, languages, years } = filters;
  if (field === 'subject' || field === 'callNumber' || sort === 'mostBorrowed') {
    throw new LibraryFault('REJECTED', `REST /biblios cannot search by ${field} and sort by ${sort}`);
  }
  if (availableNow !== undefined || branches !== undefined || languages !== undefined) {
    throw new LibraryFault('REJECTED', 'REST /biblios cannot filter by availability, branch or language');
  }
  const year = yearColumn(format);
  const conditions = field === 'isbn' ? [anyOf(['isbn'], isbnForms(text))] : words(text, field);
  if (years?.from !== undefined) conditions.push({ [year]: { '>=': years.from } });
  if (years?.to !== undefined) conditions.push({ [year]: { '<=': years.to } });
  return { q: JSON.stringify({ '-and': conditions }), _order_by: orderBy(sort, year) };
}

function words(text: string, field: 'any' | 'title' | 'author'): JsonQuery[] {
  const isbn = field === 'any' ? parse(text) : null;
  if (isbn) return [anyOf(['isbn'], isbnForms(text))];
  const found = text.split(/[\s\p{P}]+/u).filter(Boolean);
  return (found.length > 0 ? found : [text]).slice(0, MAX_WORDS).map((word) => anyOf(COLUMNS[field], [word]));
}

/** Kohas map the year of MARC21 to `copyrightdate`, that of UNIMARC to `publicationyear`. */
const yearColumn = (format: MarcFormat): string =>
  format === 'marc21' ? 'copyright_date' : 'publication_year';

/** The number of the record comes last, so that pages neither repeat nor leave out a title. */
const orderBy = (sort: SearchSort, year: string): string =>
  sort === 'newest' ? `-${year}|-biblio_id` : '+title|+biblio_id';
