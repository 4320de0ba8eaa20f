import type { BibPage, Holdings, SearchAbilities, SearchInput } from '../../contracts/catalog';
import { SEARCH_FIELDS } from '../../contracts/catalog';
import { checkAbilities } from '../capabilities';
import type { AdapterContext } from '../connected-system';
import { LibraryFault } from '../library-fault';
import type { Catalog } from '../library-system';
import { textOfId } from '../text-ids';
import { zonedTimestampOf } from '../zoned-time';
import { write } from './ask';
import type { Order } from './ask';
import { buildQuery } from './build-query';
import type { SruConfig } from './config';
import type { Found, SruConnection } from './connection';
import { recordReader, summaryOf } from './describe-record';
import type { Described } from './describe-record';
import { is } from './query';
import type { Query } from './query';

/** Records that may carry the same words in an index without being the one that is looked for. */
const LOOKED_AT = 20;

/** The catalogue as far as this server's indexes and sorting reach. */
export function makeCatalog(
  config: SruConfig,
  connection: SruConnection,
  { clock }: AdapterContext,
): Catalog {
  const describe = recordReader(config);
  const { indexes, sort } = config.queries;
  const abilities = abilitiesOf(config);

  async function page(query: Query, order: Order | undefined, at: { page: number; pageSize: number }) {
    const { total, records } = await retrieve(query, order, (at.page - 1) * at.pageSize + 1, at.pageSize);
    return { items: records.map(({ bib }) => summaryOf(bib)), total, page: at.page } satisfies BibPage;
  }

  /** Servers may send fewer records at once than they are asked for (SRU 1.1, maximumRecords): the rest is asked for. */
  async function retrieve(query: Query, order: Order | undefined, first: number, count: number) {
    const asked = write(config, query, order);
    const records: Found['records'] = [];
    for (;;) {
      const startRecord = first + records.length;
      const found = await connection.retrieve({
        ...asked,
        startRecord,
        maximumRecords: count - records.length,
      });
      records.push(...found.records.slice(0, count - records.length));
      const wanted = Math.max(0, Math.min(count, found.total - first + 1));
      // Some servers do not count when the page lies behind the end.
      if (found.total === 0 && startRecord > 1) return await countOnly(asked);
      if (records.length >= wanted) return { total: found.total, records: legible(records) };
      if (found.records.length === 0) throw cutShort();
    }
  }

  async function countOnly(asked: ReturnType<typeof write>) {
    const { total } = await connection.retrieve({ ...asked, startRecord: 1, maximumRecords: 1 });
    return { total, records: [] };
  }

  /** Records that the server could not give are left out, but a page of nothing else is no answer. */
  function legible(records: Found['records']): Described[] {
    const described = records.map(({ marc }) => marc && describe(marc)).filter((each) => each !== undefined);
    if (described.length === 0 && records.length > 0) throw noMarc(config);
    return described;
  }

  /** The record that a number belongs to, out of those that an index of words finds for it. */
  async function find(
    index: string,
    term: string,
    fits: (record: Described) => boolean,
  ): Promise<Described | undefined> {
    const { total, records } = await retrieve(is(index, term), undefined, 1, LOOKED_AT);
    const found = records.find(fits);
    if (!found && total > LOOKED_AT) {
      throw new LibraryFault('GARBLED', `The index ${index} finds ${total} records for one number`, {
        reason: 'protocol',
      });
    }
    return found;
  }

  async function record(bibId: string): Promise<Described | undefined> {
    const number = textOfId(bibId);
    return number === undefined
      ? undefined
      : await find(indexes.id, number, (each) => each.number === number);
  }

  async function holdings(bibId: string): Promise<Holdings | undefined> {
    const found = await record(bibId);
    const asOf = zonedTimestampOf(clock.now(), config.timeZone);
    return found && { bibId, asOf, items: found.items };
  }

  async function itemByBarcode(index: string, barcode: string) {
    const has = ({ items }: Described) => items.find((item) => item.barcode === barcode);
    const found = await find(index, barcode, (each) => has(each) !== undefined);
    const item = found && has(found);
    return item && { item, bibId: found.bib.bibId };
  }

  return {
    abilities,
    async search(query: SearchInput) {
      checkAbilities(abilities, query);
      const asked = buildQuery(config, query);
      if (asked === undefined) return { items: [], total: 0, page: query.page };
      return await page(asked, query.sort === 'newest' ? 'newest' : undefined, query);
    },
    bib: async (bibId) => (await record(bibId))?.bib,
    holdings,
    ...(indexes.barcode !== undefined && {
      itemByBarcode: itemByBarcode.bind(undefined, indexes.barcode),
    }),
    ...(sort.acquired !== undefined && { newBooks: (at) => page({ kind: 'all' }, 'acquired', at) }),
  };
}

function abilitiesOf({ queries: { indexes, sort } }: SruConfig): SearchAbilities {
  return {
    fields: SEARCH_FIELDS.filter((field) => indexes[field] !== undefined),
    sorts: sort.newest === undefined ? ['relevance'] : ['relevance', 'newest'],
    // Not `availableNow`: an index is as old as its last run, and a filter that is wrong sends readers to empty shelves.
    filters: [
      ...(indexes.branch === undefined ? [] : (['branches'] as const)),
      ...(indexes.language === undefined ? [] : (['languages'] as const)),
      ...(indexes.year === undefined ? [] : (['years'] as const)),
    ],
  };
}

const cutShort = (): LibraryFault =>
  new LibraryFault('GARBLED', 'The SRU server counted more records than it sends', { reason: 'protocol' });

const noMarc = ({ recordSchema, marc }: SruConfig): LibraryFault =>
  new LibraryFault(
    'GARBLED',
    `The records of schema ${recordSchema} hold no ${marc.format} with a control number`,
    { reason: 'protocol' },
  );
