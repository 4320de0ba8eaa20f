import type { Bib, BibSummary } from '../../../contracts/catalog';
import type { ItemState } from '../../connected-system';
import { readUtf8 } from '../../http/read-json';
import { LibraryFault } from '../../library-fault';
import type { Catalog } from '../../library-system';
import { MarcError, bibReader, readMarcXml } from '../../marc';
import type { BibFacts, MarcRecord } from '../../marc';
import { zonedTimestampOf } from '../../zoned-time';
import type { Koha } from '../connection';
import { isKohaNumber } from '../read-patron-info';
import { KOHA_ABILITIES, buildQuery } from './build-query';
import { findBibs, readItems } from './read-items';
import type { Rest } from './rest-client';

const MARCXML = { accept: 'application/marcxml+xml' };
/** Barcodes that are asked for at once; they stand in the address. */
const MAX_BARCODES = 50;

export interface RestCatalog extends Catalog {
  /** State of single copies. @see ConnectedSystem.itemStates */
  itemStates(barcodes: readonly string[]): Promise<Map<string, ItemState>>;
}

/**
 * The catalogue by `GET /biblios` and `/biblios/{id}/items`. Records travel as
 * MARCXML, in lists too, so that a list and a title's page say the same.
 */
export function createCatalog(koha: Koha, rest: Rest): RestCatalog {
  const { format, bibId: place } = rest.config.marc;
  // Koha's usual mappings: 999$c of MARC21, 001 of UNIMARC.
  const id = place ?? (format === 'marc21' ? '999$c' : undefined);
  const read = bibReader({ format, ...(id !== undefined && { bibId: [id] }) });
  const factsOf = (record: MarcRecord): BibFacts & { bibId: string } => {
    const facts = read(record);
    if (facts.bibId === undefined || !isKohaNumber(facts.bibId)) {
      throw new LibraryFault(
        'GARBLED',
        'REST /biblios: a record does not hold its number where it is expected',
        {
          reason: 'protocol',
        },
      );
    }
    return { ...facts, bibId: facts.bibId };
  };

  const holdings: Catalog['holdings'] = async (bibId) => {
    if (!isKohaNumber(bibId)) return undefined;
    const items = await readItems(koha, rest, bibId);
    return items && { bibId, asOf: zonedTimestampOf(koha.clock.now(), koha.config.timeZone), items };
  };

  return {
    abilities: {
      fields: [...KOHA_ABILITIES.fields],
      sorts: [...KOHA_ABILITIES.sorts],
      filters: [...KOHA_ABILITIES.filters],
    },
    search: async (query) => {
      const answer = await rest.get({
        path: '/biblios',
        query: { ...buildQuery(query, format), _page: query.page, _per_page: query.pageSize },
        headers: MARCXML,
      });
      const total = answer.headers['x-total-count'];
      if (typeof total !== 'string' || !/^\d{1,9}$/.test(total)) {
        throw new LibraryFault('GARBLED', 'REST /biblios does not say how many there are', {
          reason: 'protocol',
        });
      }
      const items = readRecords(answer.body).map((record) => summaryOf(factsOf(record)));
      return { items, total: Number(total), page: query.page };
    },
    bib: async (bibId) => {
      if (!isKohaNumber(bibId)) return undefined;
      const answer = await rest.get({ path: `/biblios/${bibId}`, headers: MARCXML }, [200, 404]);
      if (answer.status === 404) return undefined;
      const [record] = readRecords(answer.body);
      if (record === undefined) throw new LibraryFault('GARBLED', 'REST /biblios/… held no record');
      return bibOf(factsOf(record));
    },
    holdings,
    itemByBarcode: async (barcode) => {
      for (const bibId of await findBibs(rest, [barcode])) {
        const item = (await holdings(bibId))?.items.find((each) => each.barcode === barcode);
        if (item) return { item, bibId };
      }
      return undefined;
    },
    itemStates: async (barcodes) => {
      const states = new Map<string, ItemState>();
      const wanted = new Set(barcodes);
      for (let at = 0; at < barcodes.length; at += MAX_BARCODES) {
        const bibs = await findBibs(rest, barcodes.slice(at, at + MAX_BARCODES));
        for (const found of await Promise.all([...bibs].map((bibId) => holdings(bibId)))) {
          for (const { barcode, status, statusText, dueAt } of found?.items ?? []) {
            if (!wanted.has(barcode)) continue;
            states.set(barcode, {
              status,
              ...(statusText !== undefined && { statusText }),
              ...(dueAt !== undefined && { dueAt }),
            });
          }
        }
      }
      return states;
    },
  };
}

function readRecords(body: Buffer): MarcRecord[] {
  try {
    return readMarcXml(readUtf8(body, 'REST /biblios'));
  } catch (error) {
    if (!(error instanceof MarcError)) throw error;
    throw new LibraryFault('GARBLED', `REST /biblios did not answer in MARCXML: ${error.message}`, {
      cause: error,
      reason: 'protocol',
    });
  }
}

function summaryOf(facts: BibFacts & { bibId: string }): BibSummary {
  const { bibId, title, author, publisher, year, isbn13, callNumber, clc } = facts;
  return {
    bibId,
    title,
    author,
    ...(publisher !== undefined && { publisher }),
    ...(year !== undefined && { year }),
    ...(isbn13 !== undefined && { isbn13 }),
    ...(callNumber !== undefined && { callNumber }),
    ...(clc !== undefined && { clc }),
  };
}

const bibOf = (facts: BibFacts & { bibId: string }): Bib => ({
  ...summaryOf(facts),
  ...(facts.subtitle !== undefined && { subtitle: facts.subtitle }),
  ...(facts.edition !== undefined && { edition: facts.edition }),
  ...(facts.language !== undefined && { language: facts.language }),
  subjects: facts.subjects,
});
