import { afterEach, describe, expect, it, jest } from '@jest/globals';
import * as v from 'valibot';
import type { Item } from '../../../contracts/catalog';
import { Id } from '../../../contracts/fields';
import type { HoldTarget } from '../../../contracts/holds';
import type { ConnectedSystem, ItemState } from '../../../library-systems/connected-system';
import { LibraryFault } from '../../../library-systems/library-fault';
import { compose } from '../../../library-systems/setup/compose';
import type { Match } from '../../../library-systems/setup/compose';
import { credentials, findHoldable } from '../circulation/support';
import { describeCirculation } from '../describe-circulation';
import { describeLibrarySystem } from '../describe-library-system';
import { openDemo } from '../support/demo';

jest.setTimeout(60_000);

type Demo = Awaited<ReturnType<typeof openDemo>>;

/** The demo library's books and nothing else, with ids of copies that the circulation does not know. `asked` counts searches by barcode; `fault` fails them. */
function booksOf(
  { system }: Demo,
  link: { asked: number; fault?: LibraryFault } = { asked: 0 },
): ConnectedSystem {
  const { name, branches, timeZone, catalog } = system;
  const itemByBarcode = async (barcode: string) => {
    link.asked += 1;
    if (link.fault) throw link.fault;
    return catalog!.itemByBarcode!(barcode);
  };
  const foreign = (item: Item): Item => ({ ...item, itemId: `foreign-${item.itemId}` });
  const shown = {
    ...catalog!,
    itemByBarcode: async (barcode: string) => {
      const found = await itemByBarcode(barcode);
      return found && { ...found, item: foreign(found.item) };
    },
    holdings: async (bibId: string) => {
      const holdings = await catalog!.holdings(bibId);
      return holdings && { ...holdings, items: holdings.items.map(foreign) };
    },
  };
  return { name, branches, timeZone, catalog: shown, diagnose: async () => [], close: async () => {} };
}

/** What a self-check protocol would tell of the demo's circulation: copies by barcode, no titles' ids. */
function deskOf(
  demo: Demo,
  itemStates?: ConnectedSystem['itemStates'],
  placed: unknown[] = [],
): ConnectedSystem {
  const { name, branches, timeZone, afterBinding, signIn, patrons, loans, holds, fines } = demo.system;
  /** Copies are named by their barcodes here. */
  const known = async (target: HoldTarget): Promise<HoldTarget> => {
    if ('bibId' in target) return target;
    const found = await demo.system.catalog!.itemByBarcode!(target.itemId);
    return { itemId: found?.item.itemId ?? 'none' };
  };
  return {
    name,
    branches,
    timeZone,
    ...(afterBinding && { afterBinding }),
    signIn: signIn!,
    patrons: patrons!,
    fines: fines!,
    loans: {
      ...loans!,
      list: async (access) => {
        const answer = await loans!.list(access);
        if ('denied' in answer) return answer;
        return { loans: answer.loans.map(({ bibId: _, ...loan }) => loan) };
      },
    },
    holds: {
      ...holds!,
      pickupPlaces: async (access, target) => holds!.pickupPlaces(access, await known(target)),
      place: async (access, target, choice) => {
        placed.push(target);
        return holds!.place(access, await known(target), choice);
      },
    },
    ...(itemStates && { itemStates }),
    diagnose: async () => [],
    close: () => demo.close(),
  };
}

/** Asks the demo itself; `states` says what is answered instead. */
function statesOf(demo: Demo, states: { fault?: LibraryFault; missing?: string } = {}) {
  return async (barcodes: readonly string[]): Promise<Map<string, ItemState>> => {
    if (states.fault) throw states.fault;
    const found = new Map<string, ItemState>();
    for (const barcode of barcodes) {
      const copy = await demo.system.catalog!.itemByBarcode!(barcode);
      if (!copy || barcode === states.missing) continue;
      const { status, dueAt } = copy.item;
      found.set(barcode, { status, ...(dueAt !== undefined && { dueAt }) });
    }
    return found;
  };
}

async function composed(match: Match, states: (demo: Demo) => ConnectedSystem['itemStates'] = statesOf) {
  const demo = await openDemo();
  const { name, branches, timeZone } = demo.system;
  const link: { asked: number; fault?: LibraryFault } = { asked: 0 };
  const placed: unknown[] = [];
  const parts = { catalog: booksOf(demo, link), circulation: deskOf(demo, states(demo), placed) };
  const system = compose({ name, branches, timeZone, match, ...parts });
  return { system, demo, link, placed, close: () => system.close() };
}

const readers = {
  borrower: credentials('p1'),
  other: credentials('p17'),
  holdable: findHoldable,
  freshman: credentials('p20'),
};

describeLibrarySystem('composed of a catalogue and a circulation', () => composed('barcode'), {
  frequentWord: '历史',
});
describeCirculation('composed by one number for titles', () => composed('bibId'), readers);

describe('a library composed by barcodes', () => {
  const opened: { close(): Promise<void> }[] = [];
  const open = async (states?: (demo: Demo) => ConnectedSystem['itemStates']) => {
    const library = await composed('barcode', states);
    opened.push(library);
    return library;
  };
  afterEach(async () => {
    for (const library of opened.splice(0)) await library.close();
  });
  const p1 = { ref: 'p1' };
  const p17 = { ref: 'p17' };

  it('puts the catalogue’s title beside each loan', async () => {
    const { system, demo } = await open();
    const plain = await demo.system.loans!.list(p1);
    expect(await system.loans!.list(p1)).toEqual(plain);
  });

  it('lists the loans without their titles’ ids when the catalogue cannot be asked', async () => {
    const { system, link } = await open();
    link.fault = new LibraryFault('UNREACHABLE', 'down');
    const answer = await system.loans!.list(p1);
    expect(answer).toHaveProperty('loans');
    if (!('loans' in answer)) return;
    expect(answer.loans).toHaveLength(20);
    for (const loan of answer.loans) {
      expect(loan).not.toHaveProperty('bibId');
      expect(loan.title).not.toBe('');
    }
  });

  it('asks the catalogue for a barcode once, and not at all for what it knows', async () => {
    const { system, link } = await open();
    await system.loans!.list(p1);
    expect(link.asked).toBe(20);
    await system.loans!.list(p1);
    expect(link.asked).toBe(20);
  });

  it('says of copies what the circulation says, and nothing where it does not', async () => {
    const { demo } = await open();
    const { bibId } = await findHoldable(demo.system);
    const known = (await demo.system.catalog!.holdings(bibId))!.items;
    const missing = known[0]!.barcode;
    const { name, branches, timeZone } = demo.system;
    const withStates = (states: Parameters<typeof statesOf>[1]): ConnectedSystem =>
      compose({
        ...{ name, branches, timeZone, match: 'barcode' },
        catalog: booksOf(demo),
        circulation: deskOf(demo, statesOf(demo, states)),
      });
    const told = await withStates({ missing }).catalog!.holdings(bibId);
    expect(told!.items[0]).toMatchObject({ barcode: missing, status: 'unknown' });
    expect(told!.items[0]).not.toHaveProperty('dueAt');
    const byBarcode = known.map((item) => ({ ...item, itemId: item.barcode }));
    expect(told!.items.slice(1)).toEqual(byBarcode.slice(1));
    const fault = new LibraryFault('TIMEOUT', 'slow');
    const silent = await withStates({ fault }).catalog!.holdings(bibId);
    expect(silent!.items.map(({ status }) => status)).toEqual(known.map(() => 'unknown'));
    expect(silent!.items.map(({ barcode }) => barcode)).toEqual(known.map(({ barcode }) => barcode));
  });

  it('shows where a book stands while the circulation hangs', async () => {
    const { system, demo } = await open(() => () => new Promise(() => undefined));
    const { bibId } = await findHoldable(demo.system);
    const started = performance.now();
    const holdings = await system.catalog!.holdings(bibId);
    // A client of the gateway waits 8 s for the whole.
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(holdings!.items.length).toBeGreaterThan(0);
    expect(new Set(holdings!.items.map(({ status }) => status))).toEqual(new Set(['unknown']));
  }, 15_000);

  it('counts no copies in lists, where the catalogue’s counts could differ from the circulation', async () => {
    const { system } = await open();
    const query = {
      field: 'any',
      text: '历史',
      sort: 'relevance',
      page: 1,
      pageSize: 5,
      filters: {},
    } as const;
    const found = await system.catalog!.search(query);
    expect(found.items).toHaveLength(5);
    for (const bib of [...found.items, await system.catalog!.bib(found.items[0]!.bibId)]) {
      for (const count of ['availableCopies', 'totalCopies', 'availableAt', 'earliestDueAt']) {
        expect(bib).not.toHaveProperty(count);
      }
    }
    expect(found).not.toHaveProperty('facets');
    expect(system.catalog!.abilities!.filters).not.toContain('availableNow');
  });

  it('holds a title by one of its copies, and the title’s second hold is the circulation’s to refuse', async () => {
    const { system, placed } = await open();
    const { bibId } = await findHoldable(system);
    const items = (await system.catalog!.holdings(bibId))!.items;
    const [place] = await system.holds!.pickupPlaces(p17, { bibId });
    const choice = { pickup: place!.code, confirm: true };
    const step = await system.holds!.place(p17, { bibId }, choice);
    expect(step).toMatchObject({ status: 'done', hold: { bibId } });
    const first = [...items].sort((a, b) => a.dueAt!.localeCompare(b.dueAt!))[0]!;
    expect(placed[0]).toEqual({ itemId: first.itemId });
    expect(await system.holds!.place(p17, { bibId }, choice)).toMatchObject({
      status: 'refused',
      code: 'DUPLICATE',
      libraryText: expect.stringMatching(/\S/),
    });
  });

  it('never passes the catalogue’s id of a copy without a barcode on, which may be another book’s barcode', async () => {
    const { demo } = await open();
    const { bibId } = await findHoldable(demo.system);
    const [wanted] = (await demo.system.catalog!.holdings(bibId))!.items;
    const books = booksOf(demo);
    const catalog = {
      ...books.catalog!,
      holdings: async (id: string) => {
        const holdings = await books.catalog!.holdings(id);
        const items = holdings!.items.map((item) => ({ ...item, barcode: '', itemId: wanted!.barcode }));
        return { ...holdings!, items };
      },
    };
    const placed: unknown[] = [];
    const { name, branches, timeZone } = demo.system;
    const system = compose({
      ...{ name, branches, timeZone, match: 'barcode' },
      catalog: { ...books, catalog },
      circulation: deskOf(demo, undefined, placed),
    });
    const { itemId } = (await system.catalog!.holdings(bibId))!.items[0]!;
    expect(v.is(Id, itemId)).toBe(true);
    expect(await system.holds!.pickupPlaces(p17, { itemId })).toEqual([]);
    expect(await system.holds!.place(p17, { itemId }, {})).toEqual({
      status: 'refused',
      code: 'NOT_HOLDABLE',
    });
    expect(placed).toEqual([]);
  });

  it('never passes the id of a title that the catalogue does not know on to the circulation', async () => {
    const { system, placed } = await open();
    expect(await system.holds!.place(p1, { bibId: 'b404' }, {})).toEqual({
      status: 'refused',
      code: 'NOT_HOLDABLE',
    });
    expect(await system.holds!.pickupPlaces(p1, { bibId: 'b404' })).toEqual([]);
    expect(placed).toEqual([]);
  });

  it('cannot be made of systems that do not fit', async () => {
    const { demo } = await open();
    const { name, branches, timeZone } = demo.system;
    const books = booksOf(demo);
    const desk = deskOf(demo);
    const site = { name, branches, timeZone, match: 'barcode' } as const;
    expect(() => compose({ ...site, catalog: desk, circulation: desk })).toThrow('has no catalogue');
    expect(() => compose({ ...site, catalog: books, circulation: books })).toThrow('knows no readers');
    const { itemByBarcode: _, ...search } = books.catalog!;
    expect(() => compose({ ...site, catalog: { ...books, catalog: search }, circulation: desk })).toThrow(
      'catalog.queries.indexes.barcode',
    );
  });
});
