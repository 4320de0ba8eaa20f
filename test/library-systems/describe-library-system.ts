import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import {
  Bib,
  BibPage,
  Holdings,
  Item,
  RelatedBibs,
  type SearchFilters,
  SearchInput,
  SearchOutput,
} from '../../contracts/catalog';
import { SEARCH_FIELDS, SEARCH_SORTS } from '../../contracts/catalog';
import type { BibSummary, SearchAbilities, SearchFilter } from '../../contracts/catalog';
import { OpeningDay } from '../../contracts/library';
import { abilitiesOf } from '../../library-systems/capabilities';
import { LibraryFault } from '../../library-systems/library-fault';
import type { Catalog, LibrarySystem } from '../../library-systems/library-system';

export interface SystemUnderTest {
  system: LibrarySystem;
  close(): Promise<void>;
}

const filterCases: [SearchFilter, v.InferInput<typeof SearchFilters>][] = [
  ['availableNow', { availableNow: true }],
  ['branches', { branches: ['MAIN'] }],
  ['languages', { languages: ['zh'] }],
  ['years', { years: { from: 2000 } }],
];

export interface KnownFacts {
  /** A word found in more than one page of five titles. */
  frequentWord: string;
}

/**
 * What every library system must keep, whatever stands behind it. Absent
 * capabilities are passed over; present ones must hold in full.
 */
export function describeLibrarySystem(
  name: string,
  make: () => Promise<SystemUnderTest>,
  known: KnownFacts,
): void {
  describe(`library system: ${name}`, () => {
    let subject: SystemUnderTest;
    let system: LibrarySystem;
    let catalog: Catalog;
    let abilities: SearchAbilities;
    beforeAll(async () => {
      subject = await make();
      ({ system } = subject);
      if (!system.catalog) throw new Error(`${name} has no catalogue to test`);
      catalog = system.catalog;
      abilities = abilitiesOf(catalog);
    });
    afterAll(() => subject.close());

    const search = (input: v.InferInput<typeof SearchInput>) => catalog.search(v.parse(SearchInput, input));
    const some = async (): Promise<BibSummary[]> => (await search({ text: known.frequentWord })).items;

    it('says what it is called, where it is and what time it goes by', () => {
      expect(system.name).not.toBe('');
      expect(system.branches.length).toBeGreaterThan(0);
      expect(new Set(system.branches.map(({ code }) => code)).size).toBe(system.branches.length);
      expect(() => new Intl.DateTimeFormat('en', { timeZone: system.timeZone })).not.toThrow();
    });

    it('answers a search in the form of the contract', async () => {
      const found = await search({ text: known.frequentWord, pageSize: 5 });
      expect(v.parse(v.strictObject(SearchOutput.entries), found)).toEqual(found);
      expect(found.items).toHaveLength(5);
      expect(found.total).toBeGreaterThan(5);
      expect(found.page).toBe(1);
    });

    it('covers a whole result page by page, each title once', async () => {
      for (const sort of abilities.sorts) {
        const seen: string[] = [];
        const first = await search({ text: known.frequentWord, sort, pageSize: 50 });
        const last = Math.ceil(first.total / 50);
        for (let page = 1; page <= last; page++) {
          const { items, total } = await search({ text: known.frequentWord, sort, page, pageSize: 50 });
          expect(total).toBe(first.total);
          seen.push(...items.map(({ bibId }) => bibId));
        }
        expect(seen).toHaveLength(first.total);
        expect(new Set(seen).size).toBe(first.total);
        const beyond = await search({ text: known.frequentWord, sort, page: last + 1, pageSize: 50 });
        expect(beyond).toMatchObject({ items: [], total: first.total });
      }
    });

    it('refuses to search by what it does not understand', async () => {
      const inputs: v.InferInput<typeof SearchInput>[] = [
        ...SEARCH_FIELDS.filter((field) => !abilities.fields.includes(field)).map((field) => ({
          field,
          text: '9787536692930',
        })),
        ...SEARCH_SORTS.filter((sort) => !abilities.sorts.includes(sort)).map((sort) => ({
          sort,
          text: known.frequentWord,
        })),
        ...filterCases
          .filter(([filter]) => !abilities.filters.includes(filter))
          .map(([, filters]) => ({ text: known.frequentWord, filters })),
      ];
      for (const input of inputs) {
        const fault: unknown = await search(input).catch((error: unknown) => error);
        expect(fault).toBeInstanceOf(LibraryFault);
        expect((fault as LibraryFault).code).toBe('REJECTED');
      }
    });

    it('answers a search for nothing known with an empty page, not with a fault', async () => {
      expect(await search({ text: 'qzxvkjw 0000000000' })).toMatchObject({ items: [], total: 0 });
    });

    it('finds titles by their title and by their ISBN', async () => {
      for (const bib of await some()) {
        if (!abilities.fields.includes('title')) continue;
        const byTitle = await search({ field: 'title', text: bib.title, pageSize: 50 });
        expect(byTitle.items.map(({ bibId }) => bibId)).toContain(bib.bibId);
        if (bib.isbn13 === undefined || !abilities.fields.includes('isbn')) continue;
        const byIsbn = await search({ field: 'isbn', text: bib.isbn13 });
        expect(byIsbn.items.map(({ bibId }) => bibId)).toContain(bib.bibId);
      }
    });

    it('narrows by year and by language', async () => {
      const all = await search({ text: known.frequentWord, pageSize: 50 });
      const year = all.items.find((bib) => bib.year !== undefined)?.year;
      if (year !== undefined && abilities.filters.includes('years')) {
        const found = await search({
          text: known.frequentWord,
          filters: { years: { from: year, to: year } },
        });
        expect(found.total).toBeGreaterThan(0);
        expect(found.total).toBeLessThan(all.total);
        expect(new Set(found.items.map((bib) => bib.year))).toEqual(new Set([year]));
      }
      if (!abilities.filters.includes('languages')) return;
      const language = (await catalog.bib(all.items[0]!.bibId))!.language!;
      const found = await search({ text: known.frequentWord, filters: { languages: [language] } });
      expect(found.total).toBeGreaterThan(0);
      for (const { bibId } of found.items) expect(await catalog.bib(bibId)).toMatchObject({ language });
    });

    it('narrows by availability, branch, language and years, and counts accordingly', async () => {
      const all = await search({ text: known.frequentWord });
      if (!all.facets) return;
      const now = await search({ text: known.frequentWord, pageSize: 50, filters: { availableNow: true } });
      expect(now.total).toBe(all.facets.availableNow);
      expect(now.items.every(({ availableCopies }) => availableCopies! > 0)).toBe(true);
      for (const { code, count } of all.facets.branches) {
        const there = await search({ text: known.frequentWord, filters: { branches: [code] } });
        expect(there.total).toBe(count);
      }
      for (const { code, count } of all.facets.languages) {
        expect((await search({ text: known.frequentWord, filters: { languages: [code] } })).total).toBe(
          count,
        );
      }
      for (const { code, count } of all.facets.years) {
        const years = { from: Number(code), to: Number(code) + 9 };
        expect((await search({ text: known.frequentWord, filters: { years } })).total).toBe(count);
      }
    });

    it('tells of a title what its summary says, and of its copies what the counts say', async () => {
      for (const summary of await some()) {
        const bib = await catalog.bib(summary.bibId);
        expect(v.parse(v.strictObject(Bib.entries), bib)).toEqual(bib);
        expect(bib).toMatchObject(summary);
        const holdings = await catalog.holdings(summary.bibId);
        expect(v.parse(v.strictObject(Holdings.entries), holdings)).toEqual(holdings);
        const items = holdings!.items;
        if (summary.totalCopies !== undefined) expect(items).toHaveLength(summary.totalCopies);
        const available = items.filter(({ status }) => status === 'available');
        if (summary.availableCopies !== undefined) expect(available).toHaveLength(summary.availableCopies);
        if (summary.availableAt !== undefined) {
          expect(new Set(summary.availableAt)).toEqual(new Set(available.map(({ branch }) => branch.name)));
        }
        if (summary.earliestDueAt !== undefined) {
          expect(items.map(({ dueAt }) => dueAt)).toContain(summary.earliestDueAt);
          expect(summary.availableCopies).toBe(0);
        }
        for (const item of items) {
          expect(system.branches).toContainEqual(item.branch);
          if (item.dueAt !== undefined) expect(item.status).toBe('onLoan');
        }
      }
    });

    it('knows no title and no copy that does not exist', async () => {
      expect(await catalog.bib('no-such-bib')).toBeUndefined();
      expect(await catalog.holdings('no-such-bib')).toBeUndefined();
      if (catalog.related) expect(await catalog.related('no-such-bib')).toBeUndefined();
      if (catalog.itemByBarcode) expect(await catalog.itemByBarcode('00000000000000')).toBeUndefined();
    });

    it('finds every copy by its barcode', async () => {
      if (!catalog.itemByBarcode) return;
      for (const { bibId } of await some()) {
        const holdings = await catalog.holdings(bibId);
        for (const item of holdings!.items) {
          const found = await catalog.itemByBarcode(item.barcode);
          expect(found).toEqual({ item, bibId });
          expect(v.parse(v.strictObject(Item.entries), found!.item)).toEqual(item);
        }
      }
    });

    it('suggests completions, and names other titles around one', async () => {
      const [bib] = await some();
      if (catalog.suggest) {
        const suggestions = await catalog.suggest([...bib!.title].slice(0, 2).join(''));
        expect(suggestions.length).toBeGreaterThan(0);
        expect(suggestions.length).toBeLessThanOrEqual(10);
        expect(new Set(suggestions).size).toBe(suggestions.length);
      }
      if (!catalog.related) return;
      const related = await catalog.related(bib!.bibId);
      expect(v.parse(RelatedBibs, related)).toEqual(related);
      const ids = Object.values(related!).flatMap((bibs) => bibs.map(({ bibId }) => bibId));
      expect(ids).not.toContain(bib!.bibId);
    });

    it('lists new and much borrowed titles page by page', async () => {
      for (const list of [catalog.newBooks, catalog.mostBorrowed]) {
        if (!list) continue;
        const first = await list({ page: 1, pageSize: 10 });
        const second = await list({ page: 2, pageSize: 10 });
        expect(v.parse(v.strictObject(BibPage.entries), first)).toEqual(first);
        expect(new Set([...first.items, ...second.items].map(({ bibId }) => bibId)).size).toBe(20);
      }
    });

    it('says for every day asked when each branch is open', async () => {
      if (!system.policy) return;
      for (const { code } of system.branches) {
        const days = await system.policy.openingHours(code, '2026-12-28', '2027-01-03');
        expect(days.map(({ date }) => date)).toEqual([
          ...['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'],
          ...['2027-01-01', '2027-01-02', '2027-01-03'],
        ]);
        for (const day of days) {
          expect(v.parse(v.strictObject(OpeningDay.entries), day)).toEqual(day);
          const times = day.intervals.flatMap(({ from, to }) => [from, to]);
          expect(times).toEqual([...times].sort());
        }
      }
    });
  });
}
