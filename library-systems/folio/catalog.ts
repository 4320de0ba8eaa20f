import * as v from 'valibot';
import { parseIsbn } from '../../miniprogram/lib/isbn';
import type { Bib, BibSummary, SearchField, SearchInput } from '../../contracts/catalog';
import type { ItemState } from '../connected-system';
import { LibraryFault } from '../library-fault';
import type { Catalog } from '../library-system';
import { languageOf, marcLanguageOf } from '../marc';
import { zonedTimestampOf } from '../zoned-time';
import type { Folio } from './connection';
import { anyOf, isUuid, term } from './cql';
import { describeItems, findItems } from './read-copies';

const Texts = v.nullish(v.array(v.string()));
const Instance = v.object({
  id: v.pipe(v.string(), v.uuid()),
  title: v.string(),
  contributors: v.nullish(v.array(v.object({ name: v.string(), primary: v.nullish(v.boolean()) }))),
  publication: v.nullish(
    v.array(v.object({ publisher: v.nullish(v.string()), dateOfPublication: v.nullish(v.string()) })),
  ),
  identifiers: v.nullish(
    v.array(v.object({ value: v.nullish(v.string()), identifierTypeId: v.nullish(v.string()) })),
  ),
  languages: Texts,
  editions: Texts,
  /** Objects since Orchid, texts before. */
  subjects: v.nullish(v.array(v.union([v.string(), v.object({ value: v.nullish(v.string()) })]))),
});
type Instance = v.InferOutput<typeof Instance>;
/** Every FOLIO's id of the type ISBN (mod-inventory-storage, reference data); one LCCN in eleven would pass for one. */
const ISBN = '8261054f-be78-422d-bd51-4ed9f33c3422';
const INSTANCES = {
  path: '/search/instances',
  name: 'instances',
  entry: Instance,
  query: { expandAll: 'true' },
};
const Holding = v.object({ id: v.pipe(v.string(), v.uuid()), instanceId: v.pipe(v.string(), v.uuid()) });
const HOLDINGS = { path: '/holdings-storage/holdings', name: 'holdingsRecords', entry: Holding };

/** Search options of mod-search; those it documents, and no others. */
const OPTIONS: Partial<Record<SearchField, string>> = {
  any: 'keyword all',
  title: 'title all',
  author: 'contributors all',
  subject: 'subjects all',
  isbn: 'isbn=',
};

export interface FolioCatalog extends Catalog {
  /** State of single copies. @see ConnectedSystem.itemStates */
  itemStates(barcodes: readonly string[]): Promise<Map<string, ItemState>>;
}

/** The catalogue by mod-search, and copies by mod-inventory. */
export function createCatalog(folio: Folio): FolioCatalog {
  const { okapi, clock, config } = folio;
  const find = async (bibId: string): Promise<Instance | undefined> => {
    if (!isUuid(bibId)) return undefined;
    const { entries } = await okapi.readPage(INSTANCES, `id==${term(bibId)}`, { offset: 0, limit: 1 });
    return entries.find(({ id }) => id === bibId);
  };
  const holdings: Catalog['holdings'] = async (bibId) => {
    if (!(await find(bibId))) return undefined;
    const records = await okapi.readAll(HOLDINGS, `instanceId==${term(bibId)}`);
    const found = await findItems(
      folio,
      'holdingsRecordId',
      records.map(({ id }) => id),
    );
    const shown = found.filter(({ discoverySuppress }) => discoverySuppress !== true);
    const asOf = zonedTimestampOf(clock.now(), config.timeZone);
    return { bibId, asOf, items: await describeItems(folio, shown) };
  };
  return {
    abilities: {
      fields: ['any', 'title', 'author', 'subject', 'isbn'],
      sorts: ['relevance'],
      filters: ['languages'],
    },
    search: async (input) => {
      const { page, pageSize } = input;
      const { entries, total } = await okapi.readPage(INSTANCES, buildCql(input), {
        offset: (page - 1) * pageSize,
        limit: pageSize,
      });
      return { items: entries.map(summaryOf), total, page };
    },
    bib: async (bibId) => {
      const instance = await find(bibId);
      return instance && bibOf(instance);
    },
    holdings,
    itemByBarcode: async (barcode) => {
      const [item] = await findItems(folio, 'barcode', [barcode]);
      if (!item?.holdingsRecordId) return undefined;
      const [holding] = await okapi.readAll(HOLDINGS, anyOf('id', [item.holdingsRecordId]));
      const bibId = holding?.instanceId;
      const found = bibId && (await holdings(bibId))?.items.find(({ itemId }) => itemId === item.id);
      return found ? { item: found, bibId } : undefined;
    },
    itemStates: async (barcodes) => {
      const items = barcodes.length === 0 ? [] : await findItems(folio, 'barcode', barcodes);
      const described = await describeItems(folio, items);
      return new Map(
        described.map(({ barcode, status, statusText, dueAt }): [string, ItemState] => [
          barcode,
          {
            status,
            ...(statusText !== undefined && { statusText }),
            ...(dueAt !== undefined && { dueAt }),
          },
        ]),
      );
    },
  };
}

/** @throws {LibraryFault} REJECTED for what mod-search cannot be asked */
export function buildCql({ field, text, sort, filters }: SearchInput): string {
  const option = OPTIONS[field];
  const { languages, ...others } = filters;
  if (option === undefined || sort !== 'relevance') {
    throw new LibraryFault('REJECTED', `FOLIO cannot search by ${field} and sort by ${sort}`);
  }
  if (Object.values(others).some((filter) => filter !== undefined)) {
    throw new LibraryFault('REJECTED', 'FOLIO cannot filter by availability, branch or year');
  }
  const isbn = field === 'isbn' ? parseIsbn(text)?.isbn13 : undefined;
  const conditions = [`${option} ${term(isbn ?? text)}`, 'staffSuppress==false', 'discoverySuppress==false'];
  if (languages && languages.length > 0) {
    conditions.push(
      anyOf(
        'languages',
        languages.map((code) => marcLanguageOf(code) ?? code),
      ),
    );
  }
  return conditions.join(' and ');
}

function summaryOf(instance: Instance): BibSummary {
  const contributors = instance.contributors ?? [];
  const first = contributors.filter(({ primary }) => primary === true);
  const author = (first.length > 0 ? first : contributors).map(({ name }) => name).join('; ');
  const { publisher, dateOfPublication } = instance.publication?.[0] ?? {};
  const year = /(?<!\d)[12]\d{3}(?!\d)/.exec(dateOfPublication ?? '')?.[0];
  const isbn13 = (instance.identifiers ?? [])
    .filter(({ identifierTypeId: type }) => (type ?? ISBN) === ISBN)
    .map(({ value }) => parseIsbn(value?.split(/[\s(]/)[0] ?? '')?.isbn13)
    .find((isbn) => isbn !== undefined);
  return {
    bibId: instance.id,
    title: instance.title,
    author,
    ...(publisher && { publisher }),
    ...(year !== undefined && { year: Number(year) }),
    ...(isbn13 !== undefined && { isbn13 }),
  };
}

function bibOf(instance: Instance): Bib {
  const language = languageOf(instance.languages?.[0]);
  const edition = instance.editions?.[0];
  const subjects = (instance.subjects ?? [])
    .map((subject) => (typeof subject === 'string' ? subject : (subject.value ?? '')))
    .filter((subject) => subject !== '');
  return {
    ...summaryOf(instance),
    ...(edition && { edition }),
    ...(language !== undefined && { language }),
    subjects: [...new Set(subjects)],
  };
}
