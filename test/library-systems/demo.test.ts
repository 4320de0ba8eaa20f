import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { SearchInput, type ItemStatus } from '../../contracts/catalog';
import { openDemoLibrary, type DemoLibrary } from '../../library-systems/demo';
import type { LibrarySystem } from '../../library-systems/library-system';
import { describeLibrarySystem } from './describe-library-system';
import { CATALOG_FILE, NOW, openDemo } from './support/demo';

// Opening the demo library takes a second or two on a busy machine.
jest.setTimeout(60_000);

describeLibrarySystem('demo', openDemo, { frequentWord: '历史' });

describe('the demo library', () => {
  let demo: Awaited<ReturnType<typeof openDemo>>;
  let now = NOW;
  const clock = { now: () => now };
  beforeAll(async () => {
    demo = await openDemo(clock);
  });
  afterAll(() => demo.close());

  const popular = (system: LibrarySystem) => system.catalog!.mostBorrowed!({ page: 1, pageSize: 50 });

  it('has about a third of the popular copies out, some titles wholly, each with a day of return', async () => {
    const bibs = [];
    for (let page = 1; page <= 8; page++) {
      bibs.push(...(await demo.system.catalog!.mostBorrowed!({ page, pageSize: 50 })).items);
    }
    const items = (await Promise.all(bibs.map(({ bibId }) => demo.system.catalog!.holdings(bibId)))).flatMap(
      (holdings) => holdings!.items,
    );
    const out = items.filter(({ status }) => status === 'onLoan');
    expect(out.length / items.length).toBeGreaterThan(0.28);
    expect(out.length / items.length).toBeLessThan(0.42);
    const overdue = out.filter(({ dueAt }) => Date.parse(dueAt!) < NOW).length;
    expect(overdue).toBeGreaterThan(0);
    expect(overdue / out.length).toBeLessThan(0.15);
    expect(bibs.filter(({ earliestDueAt }) => earliestDueAt !== undefined).length).toBeGreaterThan(5);
    const states = new Set(items.map(({ status }) => status));
    const all: ItemStatus[] = [
      'available',
      'onLoan',
      'onHoldShelf',
      'inTransit',
      'referenceOnly',
      'processing',
      'missing',
    ];
    expect(states).toEqual(new Set(all));
  });

  it('knows the same loans after it was ended and opened again later', async () => {
    const before = await popular(demo.system);
    now = NOW + 3 * 86_400_000;
    const again = await openDemoLibrary({ catalogFile: CATALOG_FILE, dataDir: demo.dataDir, clock });
    now = NOW;
    expect(await popular(again)).toEqual(before);
  });

  it('can be reset by several at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => demo.system.reset()));
    expect((await readdir(demo.dataDir)).sort()).toEqual(['state.json']);
  });

  it('begins anew, relative to the clock, when it is reset', async () => {
    const [first] = (await popular(demo.system)).items.filter(
      ({ earliestDueAt }) => earliestDueAt !== undefined,
    );
    now = NOW + 10 * 86_400_000;
    await demo.system.reset();
    const later = await demo.system.catalog!.bib(first!.bibId);
    expect(Date.parse(later!.earliestDueAt!) - Date.parse(first!.earliestDueAt!)).toBe(10 * 86_400_000);
    now = NOW;
    await demo.system.reset();
    expect(await demo.system.catalog!.bib(first!.bibId)).toMatchObject(first!);
  });

  it('is after a reset on the same day what it was on it, whatever happened since', async () => {
    const everything = async ({ catalog, exportLoans, ...system }: DemoLibrary) => {
      const found = await catalog!.search(v.parse(SearchInput, { text: '历史', pageSize: 50 }));
      const { items } = await popular({ catalog } as DemoLibrary);
      const holdings = await Promise.all(items.map(({ bibId }) => catalog!.holdings(bibId)));
      const readers = Array.from({ length: 22 }, (_, i) => ({ ref: `p${i + 1}` }));
      const accounts = readers.map(async (reader) => [
        await system.patrons!.patron(reader),
        await system.loans!.list(reader),
        await system.holds!.list(reader),
        await system.fines!.list(reader),
      ]);
      return { found, holdings, loans: [...exportLoans()], accounts: await Promise.all(accounts) };
    };
    // as it is opened: what was never reset before is no other library
    const { system, close } = await openDemo(clock);
    const first = await everything(system);
    for (let round = 1; round <= 2; round++) {
      now = NOW + round * 20 * 86_400_000;
      // books come back, holds expire, and fines grow while time passes
      const { items } = await popular(system);
      const holdings = await Promise.all(items.map(({ bibId }) => system.catalog!.holdings(bibId)));
      const copies = holdings.flatMap((one) => one?.items ?? []);
      const copy = copies.find(({ status, branch }) => status === 'available' && branch.code === 'MAIN')!;
      await system.counter.lend('p2', copy.barcode);
      await system.counter.changeCard('p1', { cardState: 'frozen' });
      expect(await everything(system)).not.toEqual(first);
      now = NOW;
      await system.reset();
      expect(await everything(system)).toEqual(first);
    }
    await close();
  });

  it('keeps its state in whole files only, and refuses one that is not its own', async () => {
    expect(await readdir(demo.dataDir)).toEqual(['state.json']);
    const other = await openDemo();
    const file = path.join(other.dataDir, 'state.json');
    await writeFile(file, '{"version":1,"lendingSi');
    const reopened = openDemoLibrary({ catalogFile: CATALOG_FILE, dataDir: other.dataDir, clock });
    await expect(reopened).rejects.toThrow(`${file} is not a state of the demo library`);
    await other.close();
  });

  it('is closed on holidays and open shorter in vacations', async () => {
    const hours = demo.system.policy!;
    const [eve, newYear] = await hours.openingHours('MAIN', '2027-02-05', '2027-02-06');
    expect(eve).toMatchObject({ intervals: [], note: '春节闭馆' });
    expect(newYear).toMatchObject({ intervals: [], note: '春节闭馆' });
    expect(await hours.openingHours('MAIN', '2027-02-15', '2027-02-15')).toEqual([
      { date: '2027-02-15', intervals: [{ from: '09:00', to: '16:30' }], note: '寒假' },
    ]);
    // Sunday in term.
    expect(await hours.openingHours('EAST', '2026-11-22', '2026-11-22')).toEqual([
      { date: '2026-11-22', intervals: [] },
    ]);
    expect(await hours.openingHours('NOWHERE', '2026-11-22', '2026-11-22')).toEqual([]);
  });
});
