import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { ConnectedSystem } from '../../../library-systems/connected-system';
import { seedBooks } from '../../support/seed-books';
import { describeUnless } from '../../support/unless';
import { collectionOf, marcOf, writeMarcXml } from '../../support/write-marcxml';
import { startZebra, zebraMissing } from '../../support/zebra';
import type { Zebra } from '../../support/zebra';
import { describeLibrarySystem } from '../describe-library-system';
import { CQL, PQF, behindGateway, connect, search } from './support';
import type { Given } from './support';

// Indexing takes a second or two on a busy machine.
jest.setTimeout(60_000);

const books = seedBooks(300);
/** Every third copy is out. */
const due = (barcode: string): string | undefined =>
  Number(barcode.slice(-2)) % 3 === 0 ? '2026-12-05' : undefined;

describeUnless(zebraMissing(), 'SRU with a real Zebra')('SRU with a real Zebra', () => {
  let zebra: Zebra;
  beforeAll(async () => {
    zebra = await startZebra(collectionOf(books.map((book) => writeMarcXml(marcOf(book, due)))));
  });
  afterAll(() => zebra.close());

  const cases: [string, Given][] = [
    ['CQL', { queries: CQL }],
    ['PQF with sorting, states believed', { queries: PQF, items: 'koha-live' }],
    ['SRU 1.2', { queries: CQL, version: '1.2', bothScripts: true }],
  ];
  for (const [name, given] of cases) {
    describeLibrarySystem(
      `Zebra by ${name}`,
      async () => {
        const system = await connect(zebra.url, given);
        return { system, close: system.close };
      },
      { frequentWord: '历史' },
    );
  }
  describeLibrarySystem(
    'Zebra behind the gateway',
    async () => behindGateway(await connect(zebra.url, { queries: PQF, items: 'koha-live' })),
    { frequentWord: '历史' },
  );

  describe('a catalogue by SRU', () => {
    let cql: ConnectedSystem;
    let pqf: ConnectedSystem;
    beforeAll(async () => {
      cql = await connect(zebra.url, { queries: CQL });
      pqf = await connect(zebra.url, { queries: PQF, items: 'koha-live' });
    });
    afterAll(async () => {
      await cql.close();
      await pqf.close();
    });

    it('answers the same in both languages', async () => {
      const inputs: Parameters<typeof search>[1][] = [
        { text: '历史' },
        { text: '历史 社会' },
        { field: 'author', text: '李光耀' },
        { field: 'title', text: 'C++' },
        {
          text: '文学',
          filters: { languages: ['zh'], branches: ['EAST', 'MED'], years: { from: 2003, to: 2010 } },
        },
      ];
      for (const input of inputs) {
        const [one, other] = [await search(cql, input), await search(pqf, input)];
        expect(other.total).toBe(one.total);
        expect(new Set(other.items.map(({ bibId }) => bibId))).toEqual(
          new Set(one.items.map(({ bibId }) => bibId)),
        );
      }
    });

    it('finds what the records say, counted from them', async () => {
      const wanted = books.filter(({ subjects, title, subtitle, author, publisher }) =>
        [...subjects, title, subtitle ?? '', author, publisher ?? ''].some((text) => text === '历史'),
      );
      const found = await search(cql, { text: '历史', pageSize: 50 });
      const ids = found.items.map(({ bibId }) => bibId);
      for (const { bibId } of wanted) expect(ids).toContain(bibId);
      const years = { from: 2005, to: 2007 };
      const filtered = await search(pqf, { text: '历史', pageSize: 50, filters: { years } });
      expect(filtered.items.map(({ bibId }) => bibId).sort()).toEqual(
        found.items
          .filter(({ year }) => year !== undefined && year >= 2005 && year <= 2007)
          .map(({ bibId }) => bibId)
          .sort(),
      );
    });

    it('sorts by year where that is configured, newest first', async () => {
      const { items } = await search(pqf, { text: '历史', sort: 'newest', pageSize: 50 });
      const years = items.map(({ year }) => year).filter((year) => year !== undefined);
      expect(years.length).toBeGreaterThan(5);
      expect(years).toEqual([...years].sort((a, b) => b - a));
    });

    it('finds an ISBN however it is written, and a traditional title by simplified characters', async () => {
      const { isbn13, bibId } = books[0]!;
      for (const text of [isbn13, isbn13.replace(/^(\d{3})(\d)(\d{4})/, '$1-$2-$3-'), `ISBN ${isbn13}`]) {
        expect((await search(cql, { field: 'isbn', text })).items.map((bib) => bib.bibId)).toContain(bibId);
      }
      expect((await search(cql, { text: '歷史' })).total).toBe((await search(cql, { text: '历史' })).total);
    });

    it('counts copies only where the records are believed', async () => {
      const { items } = await search(pqf, { text: '历史', pageSize: 50 });
      expect(items.every(({ totalCopies }) => totalCopies !== undefined)).toBe(true);
      expect(items.some(({ availableCopies }) => availableCopies === 0)).toBe(
        items.some(({ earliestDueAt }) => earliestDueAt === '2026-12-05'),
      );
      for (const bib of (await search(cql, { text: '历史' })).items) {
        expect(bib).not.toHaveProperty('availableCopies');
        const holdings = await cql.catalog!.holdings(bib.bibId);
        expect(holdings!.items.every(({ status }) => status === 'unknown')).toBe(true);
      }
    });

    it('takes any text for what it is, never for a query', async () => {
      const evil = [
        '" or cql.allRecords = 1 or "',
        '*',
        'a" 1 @attr 1=_ALLRECORDS @attr 2=103 "',
        '\\',
        '历史" not "x',
        '%22',
        '(',
        '^a',
        '@or',
      ];
      for (const system of [cql, pqf]) {
        for (const text of evil)
          expect((await search(system, { text })).total).toBeLessThan(books.length / 2);
        for (const text of ['" or cql.allRecords = 1 or "', 'x" 1 @attr 1=_ALLRECORDS @attr 2=103 "']) {
          expect((await search(system, { text })).total).toBe(0);
        }
      }
    });

    it('answers any text without a fault', async () => {
      const text = fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
        .filter((some) => some.trim() !== '');
      await fc.assert(
        fc.asyncProperty(text, async (some) => {
          for (const system of [cql, pqf])
            expect((await search(system, { text: some })).total).toBeGreaterThanOrEqual(0);
        }),
        { numRuns: 100 },
      );
    });

    it('tells a diagnosis without an error, and names what is wrong with a setting', async () => {
      const errors = async (given: Given, url = zebra.url): Promise<string[]> => {
        const system = await connect(url, given);
        const findings = await system.diagnose();
        await system.close();
        return findings.filter(({ level }) => level !== 'ok').map(({ text }) => text);
      };
      expect(await errors({ queries: PQF })).toEqual([]);
      expect(await errors({ queries: CQL })).toEqual([]);
      expect(
        await errors({ queries: { ...CQL, indexes: { ...CQL.indexes, branch: 'dc.nowhere' } } }),
      ).toEqual([expect.stringContaining('no index dc.nowhere: set queries.indexes.branch')]);
      expect(await errors({ queries: { ...CQL, sort: { by: 'sortKeys', newest: 'dc.date,,0' } } })).toEqual([
        expect.stringContaining('set queries.sort.newest'),
      ]);
      expect(await errors({ queries: CQL, recordSchema: 'mods' })).toEqual([
        expect.stringContaining('marcxml'),
        expect.stringContaining('set recordSchema'),
      ]);
      expect(await errors({ queries: CQL, recordSchema: 'dc' })).toEqual([
        expect.stringContaining('no MARCXML'),
      ]);
      expect(await errors({ queries: CQL, marc: { format: 'unimarc' } })).toEqual([
        expect.stringContaining('set marc.format to marc21'),
      ]);
      expect(await errors({ queries: CQL, items: { tag: '905', barcode: 'b' } })).toEqual([
        expect.stringContaining('no copies in 905; it has 952'),
      ]);
      expect(await errors({ queries: CQL, branches: [{ code: 'X', name: 'X' }] })).toEqual([
        expect.stringContaining('branches does not name'),
      ]);
      expect(await errors({ queries: CQL }, zebra.url.replace('Default', 'Nowhere'))).toEqual([
        expect.stringContaining('set the path of the database'),
      ]);
    });
  });
});
