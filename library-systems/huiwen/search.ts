import * as v from 'valibot';
import type {
  BibSummary,
  SearchAbilities,
  SearchField,
  SearchInput,
  SearchOutput,
} from '../../contracts/catalog';
import { checkAbilities } from '../capabilities';
import type { HttpClient } from '../http/http-client';
import { isbnForms } from '../isbn-forms';
import { LibraryFault } from '../library-fault';
import { clcOf, isbn13In } from '../web-session/bib-fields';
import { firstFound } from '../web-session/first-found';
import { textOfHtml } from '../web-session/parse-page';
import { yearIn } from '../web-session/read-date';
import { LooseText, readJson } from '../web-session/read-json';
import { bibIdOf, markOf, parseBibId } from './bib-ids';
import type { Told } from './bib-ids';

/** The site's codes of the fields. */
const FIELDS: Record<SearchField, string> = {
  any: '',
  title: '02',
  author: '03',
  subject: '04',
  isbn: '05',
  callNumber: '08',
};
/** Only the order by relevance and by day of acquisition; filters' names are not public. */
export const ABILITIES: SearchAbilities = {
  fields: ['any', 'title', 'author', 'subject', 'isbn', 'callNumber'],
  sorts: ['relevance', 'newest'],
  filters: [],
};

const PATH = '/opac/ajax_search_adv.php';
const MARC_NO = /^[\da-zA-Z]{1,63}$/;
/** How far records of one ISBN or call number are looked through for the one that an id means. */
const LOOK_ROWS = 50;
const MOST_PAGES = 4;

const Row = v.object({
  marcRecNo: v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(MARC_NO)),
  title: LooseText,
  author: LooseText,
  publisher: LooseText,
  pubYear: LooseText,
  isbn: LooseText,
  callNo: LooseText,
});
const Found = v.object({
  total: v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.integer(), v.minValue(0)),
  content: v.nullish(v.array(Row), []),
});

/** A title as the search found it, and the number by which its pages are asked for now. */
export interface Located {
  marcNo: string;
  summary: BibSummary;
  mark: string;
}

export interface Catalogue {
  search: (query: SearchInput) => Promise<SearchOutput>;
  /** Finds a title again, by what its id says. */
  locate: (bibId: string) => Promise<Located | undefined>;
}

export function openCatalogue(http: HttpClient): Catalogue {
  const find = async (
    field: SearchField,
    text: string,
    { page, pageSize, sort }: Pick<SearchInput, 'page' | 'pageSize' | 'sort'>,
  ): Promise<{ total: number; records: Located[] }> => {
    const body = {
      searchWords: [{ fieldList: [{ fieldCode: FIELDS[field], fieldValue: text }] }],
      filters: [],
      limiter: [],
      sortField: sort === 'newest' ? 'cataDate' : 'relevance',
      sortType: 'desc',
      pageSize,
      pageCount: page,
      locale: 'zh_CN',
      first: true,
    };
    const headers = { 'content-type': 'application/json;charset=utf-8', accept: 'application/json' };
    const answer = await http.send({
      method: 'POST',
      path: PATH,
      headers,
      body: JSON.stringify(body),
      kind: 'read',
    });
    const { total, content } = readJson(Found, answer, PATH);
    return { total, records: content.map(recordOf) };
  };

  const withId = async (field: SearchField, text: string, bibId: string): Promise<Located[]> => {
    const sameId: Located[] = [];
    for (let page = 1, total = 1; page <= MOST_PAGES && (page - 1) * LOOK_ROWS < total; page++) {
      const answer = await find(field, text, { page, pageSize: LOOK_ROWS, sort: 'relevance' });
      sameId.push(...answer.records.filter(({ summary }) => summary.bibId === bibId));
      total = answer.total;
    }
    return sameId;
  };

  return {
    async search(query) {
      checkAbilities(ABILITIES, query);
      const { total, records } = await firstFound(
        query.field === 'isbn' ? isbnForms(query.text) : [query.text],
        (text) => find(query.field, text, query),
        (answer) => answer.total > 0,
      );
      // Past the end some versions give the last page once more.
      const beyond = (query.page - 1) * query.pageSize >= total;
      return { items: beyond ? [] : records.map(({ summary }) => summary), total, page: query.page };
    },

    async locate(bibId) {
      const id = parseBibId(bibId);
      if (!id) return undefined;
      if ('marcNo' in id) {
        const { marcNo } = id;
        return { marcNo, mark: '', summary: { bibId, title: '', author: '' } };
      }
      const { field, text } = id.trail;
      const sameId = await firstFound(
        field === 'isbn' ? isbnForms(text) : [text],
        (form) => withId(field, form, bibId),
        (records) => records.length > 0,
      );
      if (new Set(sameId.map(({ marcNo }) => marcNo)).size > 1) {
        throw new LibraryFault('GARBLED', 'The catalogue has several records that cannot be told apart');
      }
      return sameId[0];
    },
  };
}

/** Titles come with markup in some versions; what is shown is what counts. */
const shown = (text: string | undefined): string => (text === undefined ? '' : textOfHtml(text));

function recordOf(row: v.InferOutput<typeof Row>): Located {
  const isbn13 = isbn13In(row.isbn);
  const callNumber = shown(row.callNo);
  const publisher = shown(row.publisher).replace(/[,，:：\s]+$/u, '');
  const year = yearIn(row.pubYear ?? '');
  const clc = clcOf(callNumber);
  const told: Told = {
    marcNo: row.marcRecNo,
    title: shown(row.title),
    author: shown(row.author),
    publisher,
    year: year === undefined ? '' : String(year),
    ...(isbn13 !== undefined && { isbn13 }),
    ...(callNumber !== '' && { callNumber }),
  };
  const summary: BibSummary = {
    bibId: bibIdOf(told),
    title: told.title,
    author: told.author,
    ...(publisher !== '' && { publisher }),
    ...(year !== undefined && { year }),
    ...(isbn13 !== undefined && { isbn13 }),
    ...(callNumber !== '' && { callNumber }),
    ...(clc !== undefined && { clc }),
  };
  return { marcNo: row.marcRecNo, summary, mark: markOf(told) };
}
