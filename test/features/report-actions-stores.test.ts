import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import schema from '../../cloudfunctions/schema.json';
import type { Context } from '../../cloudfunctions/runtime/context';
import { createLookup } from '../../cloudfunctions/runtime/lookup';
import { createSealer } from '../../cloudfunctions/runtime/sealed';
import type { SeasonDocument } from '../../cloudfunctions/stores/report-seasons';
import type { ReportDocument } from '../../cloudfunctions/stores/reports';
import { WireError, type DatabaseSchema } from '../../local/emulator/database';
import { pointSdksTo, serveDatabase, type Served } from '../emulator/database/serve';
import { manyLoans, reportOf } from './report-engine/support/setting';

jest.setTimeout(60_000);

const SEASON = 'calendar-2026';
const NOW = Date.parse('2027-01-20T20:00:00+08:00');
const REPORT = reportOf(manyLoans(30));
const lookup = createLookup(randomBytes(32));
const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }]);
const PATRON = lookup('onboarding', 'p1');

let served: Served;
let stores: Awaited<ReturnType<typeof load>>;

/** The SDK reads its address when it is loaded. */
async function load() {
  const [bindings, database, erase, loans, open, reports, seasons, share, shares] = await Promise.all([
    import('../../cloudfunctions/stores/bindings'),
    import('../../cloudfunctions/cloud/database'),
    import('../../cloudfunctions/stores/erase-reports'),
    import('../../cloudfunctions/stores/report-loans'),
    import('../../cloudfunctions/features/report/open-report'),
    import('../../cloudfunctions/stores/reports'),
    import('../../cloudfunctions/stores/report-seasons'),
    import('../../cloudfunctions/features/report/share-report'),
    import('../../cloudfunctions/stores/report-shares'),
  ]);
  return { bindings, database, erase, loans, open, reports, seasons, share, shares };
}

beforeAll(async () => {
  served = await serveDatabase(schema as DatabaseSchema);
  pointSdksTo(served.url);
  stores = await load();
}, 60_000);
afterAll(() => served.close());
beforeEach(async () => {
  await served.database.reset();
  await stores.database.table<SeasonDocument>('report_seasons').put({
    ...{ _id: SEASON, stage: 'published', openedAt: 1, returnsKnown: true, counted: 0 },
  });
  await put();
});

const _id = `o-1:${SEASON}`;
/** A report as the job leaves it. */
async function put(): Promise<void> {
  await stores.database.table<ReportDocument>('reports').put({
    ...{ _id, owner: 'o-1', bindingId: 'b-1', patron: PATRON, season: SEASON, since: 1, sensitive: false },
    ...{ step: 'done', tries: 0, state: 'made', version: 1, madeAt: NOW, asOf: NOW, earlier: [], hidden: [] },
    ...{ disputes: 0, changedAt: NOW, expiresAt: NOW + stores.reports.KEPT_FOR },
    report: stores.reports.sealReport(sealer, _id, REPORT),
  });
}

const context = (seals = sealer): Context => ({
  ...{ requestId: 'r-1', openid: 'o-1', now: () => NOW },
  library: () => Promise.reject(new Error('the library was asked')),
  desk: () => ({ ...seals, lookup, cardSymbology: 'code128' }),
});
const asked = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = served.exchanges.length;
  await work();
  return served.exchanges.slice(before).map(({ request }) => String(request.params['collectionName']));
};

describe('opening a report', () => {
  it('is one read of the database, once the years are known', async () => {
    const open = (season?: string) =>
      stores.open.openReport(context(), season === undefined ? {} : { season });
    await open();
    expect(await asked(() => open())).toEqual(['reports']);
    expect(await asked(() => open(SEASON))).toEqual(['reports']);
    expect((await open()).report).toEqual(REPORT);
  });

  it('finds none where its key has left the ring, rather than an empty one', async () => {
    const other = createSealer([{ id: 'k2', key: randomBytes(32) }]);
    await expect(stores.open.openReport(context(other), {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { report: _, ...without } = (await stores.reports.findReport('o-1', SEASON))!;
    await stores.database.table<ReportDocument>('reports').put(without);
    await expect(stores.open.openReport(context(), {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a link whose token does not open any more', () => {
  it('ends when another is opened, for its owner could not end it', async () => {
    const share = (seals = sealer) =>
      stores.share.shareReport(context(seals), { season: SEASON, cards: ['totals'] });
    const { token } = await share();
    expect(await stores.shares.findShared(token)).toBeDefined();
    const fresh = createSealer([{ id: 'k2', key: randomBytes(32) }]);
    const report = fresh.seal(REPORT, { owner: _id, purpose: 'reports.report' });
    await stores.database.table('reports').update(_id, { report });
    expect((await stores.open.openReport(context(fresh), {})).link).toBeUndefined();
    const next = await share(fresh);
    expect(next.token).not.toBe(token);
    expect(await stores.shares.findShared(token)).toBeUndefined();
    expect(await stores.shares.findShared(next.token)).toMatchObject({ season: SEASON });
  });
});

describe('a binding that ends in the middle', () => {
  /** Lets something begin just when a transaction comes to a collection, and gives it time to end if nothing keeps it. */
  function amid(collection: string, act: () => Promise<void>): { ended: () => Promise<void> } {
    const handle = served.database.handle.bind(served.database);
    let acting: Promise<void> | undefined;
    const spy = jest.spyOn(served.database, 'handle').mockImplementation(async (action, params) => {
      if (!acting && params['transactionId'] !== undefined && params['collectionName'] === collection) {
        acting = act();
        await Promise.race([acting, pause(300)]);
      }
      return handle(action, params);
    });
    return {
      ended: async () => {
        if (!acting) throw new Error(`nothing came to ${collection}`);
        await acting;
        spy.mockRestore();
      },
    };
  }
  beforeEach(async () => {
    await stores.database.table('bindings').put({ _id: 'o-1', ...{ bindingId: 'b-1', patronRef: 'p1' } });
  });

  it('leaves no report of who is just opting in', async () => {
    const report = (await stores.reports.findReport('o-1', SEASON))!;
    await stores.database.table('reports').remove(_id);
    const ending = amid('reports', () => stores.bindings.endBinding('o-1'));
    await stores.reports.addReport(report);
    await ending.ended();
    expect(await stores.database.table('bindings').findIds({})).toEqual([]);
    expect(await stores.database.table('reports').findIds({})).toEqual([]);
  });

  it('leaves no link of who is just opening one', async () => {
    const ending = amid('report_shares', () => stores.bindings.endBinding('o-1'));
    const share = stores.share.shareReport(context(), { season: SEASON, cards: ['totals'] });
    const shared = await share.catch((error: unknown) => error);
    await ending.ended();
    if (shared instanceof Error) expect(shared).toMatchObject({ code: 'NOT_FOUND' });
    for (const name of ['bindings', 'reports', 'report_shares'])
      expect(await stores.database.table(name).findIds({})).toEqual([]);
  });
});

it('a year whose stage comes back while it is being changed is changed, or is said not to be', async () => {
  const handle = served.database.handle.bind(served.database);
  const years = stores.database.table<SeasonDocument>('report_seasons');
  const change = async (publishAt: number, backAt: number) => {
    await years.update(SEASON, { stage: 'published' });
    let requests = 0;
    const spy = jest.spyOn(served.database, 'handle').mockImplementation(async (...request) => {
      if (++requests === backAt) await years.update(SEASON, { stage: 'ready' });
      return handle(...request);
    });
    const isChanged = await stores.seasons.changeSeason(SEASON, ['ready'], { publishAt });
    spy.mockRestore();
    return { isChanged, isThere: (await years.find(SEASON))!.publishAt === publishAt };
  };
  expect(await change(NOW, 2)).toEqual({ isChanged: true, isThere: true });
  expect(await change(NOW + 1, 1)).toEqual({ isChanged: true, isThere: true });
  expect(await change(NOW + 2, Infinity)).toEqual({ isChanged: false, isThere: false });
  // what is as wanted already needs no write
  expect(await stores.seasons.changeSeason(SEASON, ['published'], { publishAt: NOW + 1 })).toBe(true);
});

describe('erasing', () => {
  const keep = (count: number) =>
    stores.loans.keepLoans(
      sealer,
      [{ season: SEASON, patron: PATRON, source: 'library', loans: manyLoans(count, long) }],
      ...([NOW, 86_400_000] as const),
    );
  const long = (i: number) => ({ title: `${i} ${'很长的题名'.repeat(30)}`, subjects: ['主题'.repeat(50)] });
  const count = async () => (await stores.database.table('report_loans').findIds({})).length;

  it.each(['by opting out', 'with the binding'])(
    'takes more loans than one answer holds, %s',
    async (how) => {
      await keep(5_000);
      expect(await count()).toBeGreaterThan(5);
      if (how === 'by opting out') await stores.erase.eraseReports('o-1', PATRON, NOW);
      else await stores.bindings.endBinding('o-1');
      expect(await count()).toBe(0);
      expect(await stores.reports.findReport('o-1', SEASON)).toBeUndefined();
    },
  );

  it('takes what imports tell of a reader with the binding, whatever fails afterwards', async () => {
    const imported = {
      season: SEASON,
      patron: PATRON,
      source: 'import',
      import: { id: 'i1', part: 0 },
    } as const;
    await stores.loans.keepLoans(sealer, [{ ...imported, loans: manyLoans(3) }], NOW, 86_400_000);
    const handle = served.database.handle.bind(served.database);
    let isDone = false;
    const spy = jest.spyOn(served.database, 'handle').mockImplementation((action, params) => {
      if (isDone) throw new WireError('DATABASE_REQUEST_FAILED', 'cut off');
      isDone = action === 'database.commitTransaction';
      return handle(action, params);
    });
    await expect(stores.bindings.endBinding('o-1')).rejects.toThrow('cut off');
    spy.mockRestore();
    expect(await count()).toBe(0);
  });

  it('takes all or nothing where it is cut off', async () => {
    await keep(10);
    const { transaction } = await import('../../cloudfunctions/cloud/transaction');
    const cut = transaction(async (tables) => {
      await stores.erase.eraseReportsIn(tables, 'o-1');
      throw new Error('cut off');
    });
    await expect(cut).rejects.toThrow('cut off');
    expect(await count()).toBe(1);
    expect(await stores.reports.findReport('o-1', SEASON)).toBeDefined();
  });
});
