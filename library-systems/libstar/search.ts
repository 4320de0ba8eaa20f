import * as v from 'valibot';
import type {
  BibSummary,
  SearchAbilities,
  SearchField,
  SearchInput,
  SearchOutput,
} from '../../contracts/catalog';
import { checkAbilities } from '../capabilities';
import { LibraryFault } from '../library-fault';
import { clcOf, isbn13In } from '../web-session/bib-fields';
import { LooseCount, LooseText } from '../web-session/read-json';
import { yearIn } from '../web-session/read-date';
import type { LibStar } from './ask';
import type { LibStarConfig } from './config';

/** The site's name of each field, and how it compares: 1 exact, 2 by words, 3 from the beginning. */
const FIELDS: Record<SearchField | 'barcode', readonly [string, string]> = {
  any: ['keyWord', '2'],
  title: ['title', '2'],
  author: ['author', '1'],
  subject: ['subject', '2'],
  isbn: ['isbn', '1'],
  callNumber: ['callNo', '3'],
  barcode: ['barcode', '1'],
};
export const RECORD_ID = /^\d{1,18}$/;

const RecordId = v.pipe(v.union([v.number(), v.string()]), v.transform(String), v.regex(RECORD_ID));
const Texts = v.pipe(
  v.nullish(v.union([v.string(), v.array(v.nullish(v.string()))]), []),
  v.transform((value) => [value].flat().filter((text): text is string => !!text?.trim())),
);
const Row = v.object({
  recordId: RecordId,
  title: LooseText,
  author: LooseText,
  publisher: LooseText,
  publishYear: LooseText,
  isbn: LooseText,
  callNo: Texts,
});
type Row = v.InferOutput<typeof Row>;
const Found = v.object({
  numFound: v.pipe(v.number(), v.integer(), v.minValue(0)),
  searchResult: v.nullish(v.array(Row), []),
});
const Counts = v.record(v.string(), v.looseObject({ pCount: LooseCount, onShelfCount: LooseCount }));

export function abilitiesOf({ sortFields }: LibStarConfig): SearchAbilities {
  return {
    fields: ['any', 'title', 'author', 'subject', 'isbn', 'callNumber'],
    sorts: [
      'relevance',
      ...(sortFields.newest === undefined ? [] : (['newest'] as const)),
      ...(sortFields.mostBorrowed === undefined ? [] : (['mostBorrowed'] as const)),
    ],
    filters: ['availableNow', 'years'],
  };
}

/** `POST /find/unify/search`, then the counts of copies as they are now. */
export async function search(
  site: LibStar,
  config: LibStarConfig,
  query: SearchInput,
): Promise<SearchOutput> {
  checkAbilities(abilitiesOf(config), query);
  const { field, text, sort, page, pageSize, filters } = query;
  const { from, to } = filters.years ?? {};
  const { numFound, searchResult } = await find(site, field, text, {
    page,
    rows: pageSize,
    sortField: sort === 'relevance' ? 'relevance' : config.sortFields[sort],
    sortClause: sort === 'relevance' ? 'asc' : 'desc',
    onlyOnShelf: filters.availableNow === true ? true : null,
    publishBegin: from === undefined ? null : String(from),
    publishEnd: to === undefined ? null : String(to),
  });
  const counts = await countCopies(site, searchResult);
  return {
    items: searchResult.map((row) => ({ ...summaryOf(row), ...counts(row.recordId) })),
    total: numFound,
    page,
  };
}

/** The records with a copy of this barcode. */
export async function findByBarcode(site: LibStar, barcode: string): Promise<string[]> {
  const { searchResult } = await find(site, 'barcode', barcode, {
    page: 1,
    rows: 5,
    sortField: 'relevance',
    sortClause: 'asc',
  });
  return searchResult.map(({ recordId }) => recordId);
}

/** The site's own page sends all of these names with every search. */
const NO_FILTERS = Object.fromEntries(
  'docCode litCode resourceType subject discode1 publisher libCode locationId eCollectionIds neweCollectionIds curLocationId campusId kindNo collectionName author langCode countryCode coreInclude ddType verifyStatus group newCoreInclude customSub customSub0'
    .split(' ')
    .map((name) => [name, []]),
);

function find(
  site: LibStar,
  field: SearchField | 'barcode',
  text: string,
  rest: Record<string, unknown>,
): Promise<v.InferOutput<typeof Found>> {
  const [searchField, matchMode] = FIELDS[field];
  const body = {
    ...NO_FILTERS,
    searchFieldContent: text,
    searchField,
    matchMode,
    publishBegin: null,
    publishEnd: null,
    onlyOnShelf: null,
    searchItems: null,
    indexSearch: 1,
    ...rest,
  };
  return site.read({ method: 'POST', path: '/find/unify/search', body }, Found);
}

function summaryOf({
  recordId,
  title = '',
  author = '',
  publisher,
  publishYear,
  isbn,
  callNo,
}: Row): BibSummary {
  const year = yearIn(publishYear ?? '');
  const isbn13 = isbn13In(isbn);
  const [callNumber] = callNo;
  const clc = clcOf(callNumber);
  return {
    bibId: recordId,
    title,
    author,
    ...(publisher !== undefined && { publisher }),
    ...(year !== undefined && { year }),
    ...(isbn13 !== undefined && { isbn13 }),
    ...(callNumber !== undefined && { callNumber }),
    ...(clc !== undefined && { clc }),
  };
}

type CopyCounts = Pick<BibSummary, 'totalCopies' | 'availableCopies'>;

/**
 * The counts that the index brings are old ones; the site's own page asks for them again. Where it
 * does not tell they are left out, for a list of titles is worth having without them.
 */
async function countCopies(
  site: LibStar,
  rows: readonly Pick<Row, 'recordId' | 'title' | 'isbn'>[],
): Promise<(recordId: string) => CopyCounts> {
  if (rows.length === 0) return () => ({});
  const items = rows.map(({ recordId, title, isbn }) => ({
    recordId: Number(recordId),
    title: title ?? '',
    isbn: isbn ?? '',
  }));
  try {
    const path = '/find/unify/getPItemAndOnShelfCountAndDuxiuImageUrl';
    const counts = await site.read({ method: 'POST', path, body: { items } }, Counts);
    return (recordId) => {
      const { pCount, onShelfCount } = counts[recordId] ?? {};
      if (pCount === undefined || onShelfCount === undefined) return {};
      return { totalCopies: pCount, availableCopies: onShelfCount };
    };
  } catch (error) {
    if (error instanceof LibraryFault) return () => ({});
    throw error;
  }
}
