import * as v from 'valibot';
import type { BibSummary, SearchAbilities, SearchInput, SearchOutput } from '../../contracts/catalog';
import { checkAbilities } from '../capabilities';
import type { HttpClient } from '../http/http-client';
import { isbnForms } from '../isbn-forms';
import { LibraryFault } from '../library-fault';
import { clcOf, isbn13In } from '../web-session/bib-fields';
import { firstFound } from '../web-session/first-found';
import { yearIn } from '../web-session/read-date';
import { LooseText, readJson } from '../web-session/read-json';
import type { InterlibConfig } from './config';

/** The number of a record, `recno` or `bookrecno`. */
export const RECNO = /^\d{1,18}$/;

/** The site's names of the fields that were seen to work; `any` sends none. */
const WAYS = { any: undefined, title: 'title', author: 'author', isbn: 'isbn' } as const;
type Field = keyof typeof WAYS;

/** The site puts filters of its own in the place of those it is sent, so there are none. */
export const ABILITIES: SearchAbilities = {
  fields: ['any', 'title', 'author', 'isbn'],
  sorts: ['relevance'],
  filters: [],
};

const PATH = '/api/search';
const Doc = v.object({
  id: v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(RECNO)),
  title_meta: LooseText,
  author_meta: LooseText,
  publisher_meta: LooseText,
  pubdate_meta: LooseText,
  isbn_meta: LooseText,
  classno_meta: LooseText,
  callno_sort: LooseText,
});
const Found = v.object({
  response: v.object({
    numFound: v.pipe(v.number(), v.integer(), v.minValue(0)),
    docs: v.array(Doc),
  }),
});

/** `GET /api/search?wt=json`: the site's own search engine. Pages count from 1; `start` is ignored. */
export async function search(
  http: HttpClient,
  config: InterlibConfig,
  query: SearchInput,
): Promise<SearchOutput> {
  checkAbilities(ABILITIES, query);
  const { field, page } = query;
  // An ISBN with hyphens finds nothing.
  const [isbn, ...others] = isbnForms(query.text);
  const plain = others.filter((form) => !form.includes('-'));
  const { numFound, docs } = await firstFound(
    field === 'isbn' ? [isbn.replace(/[-\s]/g, ''), ...plain] : [query.text],
    (text) => find(http, config, field as Field, text, query),
    (answer) => answer.numFound > 0,
  );
  return { items: docs.map(summaryOf), total: numFound, page };
}

async function find(
  http: HttpClient,
  { curlibcode }: InterlibConfig,
  field: Field,
  q: string,
  { page, pageSize }: Pick<SearchInput, 'page' | 'pageSize'>,
): Promise<v.InferOutput<typeof Found>['response']> {
  const answer = await http.send({
    path: PATH,
    query: { q, searchWay: WAYS[field], rows: pageSize, page, wt: 'json', curlibcode },
    headers: { accept: 'application/json' },
    kind: 'read',
  });
  if (answer.body.includes('slideVerify') || answer.body.includes('bot detected')) {
    throw new LibraryFault(
      'REJECTED',
      'The site takes us for a robot: ask the library to let the gateway through',
      {
        reason: 'credentials',
      },
    );
  }
  return readJson(Found, answer, PATH).response;
}

function summaryOf(doc: v.InferOutput<typeof Doc>): BibSummary {
  return summaryFrom(doc.id, {
    title: doc.title_meta,
    author: doc.author_meta,
    publisher: doc.publisher_meta,
    date: doc.pubdate_meta,
    isbn: doc.isbn_meta,
    classNumber: doc.classno_meta,
    callNumber: doc.callno_sort,
  });
}

export interface RawBib {
  title?: string | undefined;
  author?: string | undefined;
  publisher?: string | undefined;
  date?: string | undefined;
  isbn?: string | undefined;
  classNumber?: string | undefined;
  callNumber?: string | undefined;
}

export function summaryFrom(bibId: string, raw: RawBib): BibSummary {
  const year = yearIn(raw.date ?? '');
  const isbn13 = isbn13In(raw.isbn);
  const clc = clcOf(raw.classNumber ?? raw.callNumber);
  return {
    bibId,
    title: raw.title ?? '',
    author: raw.author ?? '',
    ...(raw.publisher !== undefined && { publisher: raw.publisher }),
    ...(year !== undefined && { year }),
    ...(isbn13 !== undefined && { isbn13 }),
    ...(raw.callNumber !== undefined && { callNumber: raw.callNumber }),
    ...(clc !== undefined && { clc }),
  };
}
