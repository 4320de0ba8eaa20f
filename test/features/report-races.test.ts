import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import schema from '../../cloudfunctions/schema.json';
import type { Maker } from '../../cloudfunctions/features/report/job/run';
import type { Context } from '../../cloudfunctions/runtime/context';
import { createLookup } from '../../cloudfunctions/runtime/lookup';
import { createSealer } from '../../cloudfunctions/runtime/sealed';
import type { SeasonDocument } from '../../cloudfunctions/stores/report-seasons';
import { LibraryFault } from '../../library-systems/library-fault';
import type { DatabaseSchema } from '../../local/emulator/database';
import { pointSdksTo, serveDatabase, type Served } from '../emulator/database/serve';
import { manyLoans } from './report-engine/support/setting';

jest.setTimeout(60_000);

const SEASON = 'calendar-2026';
const NOW = Date.parse('2027-01-20T20:00:00+08:00');
const DAY = 86_400_000;
const desk = {
  ...createSealer([{ id: 'k1', key: randomBytes(32) }]),
  lookup: createLookup(randomBytes(32)),
  cardSymbology: 'code128' as const,
};
const context = {
  ...{ openid: '', requestId: 'r', now: () => NOW, desk: () => desk },
  library: () => Promise.reject(new LibraryFault('UNREACHABLE', 'not in these tests')),
} satisfies Context & Maker;
const time = { isLeft: () => true, left: () => 60_000 };

let served: Served;
let cloud: Awaited<ReturnType<typeof load>>;

/** The SDK reads its address when it is loaded. */
async function load() {
  const [{ makeReports }, { putLoans }, { table }, loans, seasons, { readerKeyOf }] = await Promise.all([
    import('../../cloudfunctions/features/report/job/make-reports'),
    import('../../cloudfunctions/features/report/staff/put-loans'),
    import('../../cloudfunctions/cloud/database'),
    import('../../cloudfunctions/stores/report-loans'),
    import('../../cloudfunctions/stores/report-seasons'),
    import('../../cloudfunctions/stores/reader-key'),
  ]);
  return { makeReports, putLoans, table, loans, seasons, readerKeyOf };
}

beforeAll(async () => {
  served = await serveDatabase(schema as DatabaseSchema);
  pointSdksTo(served.url);
  cloud = await load();
}, 60_000);
afterAll(() => served.close());
beforeEach(() => served.database.reset());
afterEach(() => void jest.restoreAllMocks());

const seasons = () => cloud.table<SeasonDocument>('report_seasons');
const season = async (): Promise<SeasonDocument> => (await seasons().find(SEASON))!;
const putSeason = (fields: Partial<SeasonDocument>): Promise<void> =>
  seasons().put({
    ...{ _id: SEASON, stage: 'gathering', openedAt: 1, returnsKnown: true, counted: 0 },
    ...{ timeZone: 'Asia/Shanghai', asOf: NOW - DAY, startedAt: NOW - DAY, ...fields },
  });
const imported = (id: string) => ({ id, readers: 1, loans: 3 });
const keepImport = (id: string): Promise<void> => {
  const patron = cloud.readerKeyOf(desk.lookup, 'p-1');
  const kept = { season: SEASON, patron, source: 'import' as const, import: { id, part: 0 } };
  return cloud.loans.keepLoans(desk, [{ ...kept, loans: manyLoans(3) }], NOW, DAY);
};
const importsKept = async (): Promise<unknown[]> =>
  (await cloud.table('report_loans').findAll({})).map((one) => (one as { import?: string }).import);

/** Does something just before the database gets the first request like this. */
function before(
  isMeant: (action: string, params: Record<string, unknown>) => boolean,
  run: () => Promise<unknown>,
): void {
  const handle = served.database.handle.bind(served.database);
  let isDone = false;
  jest.spyOn(served.database, 'handle').mockImplementation(async (action, params) => {
    if (!isDone && isMeant(action, params)) {
      isDone = true;
      await run();
    }
    return handle(action, params);
  });
}
const changing = (collection: string, what: RegExp) => (action: string, params: Record<string, unknown>) =>
  action === 'database.modifyDocument' &&
  params['collectionName'] === collection &&
  what.test(JSON.stringify(params));

it('a part that the count has overtaken takes nothing along of the import that is counted', async () => {
  await putSeason({ import: imported('main') });
  await keepImport('main');
  before(changing('report_loans', /other/), () => seasons().update(SEASON, { stage: 'counting' }));
  const readers = [{ ref: 'p-1', loans: manyLoans(2) }];
  await expect(
    cloud.putLoans(context, { by: 'desk-1', season: SEASON, import: 'other', part: 0, readers }),
  ).rejects.toMatchObject({ code: 'BUSY' });
  expect(await importsKept()).toEqual(['main']);
});

it('counts the import that is there when the count begins, not the one that was there when the run began', async () => {
  await putSeason({});
  before(changing('report_seasons', /counting/), async () => {
    await keepImport('late');
    await seasons().update(SEASON, { import: imported('late') });
  });
  await cloud.makeReports(context, time);
  // what comes after the count needs the library
  const trouble = 'UNREACHABLE';
  expect(await season()).toMatchObject({ stage: 'counting', counted: 1, import: imported('late'), trouble });
});

it('publishes nothing that staff put off at that moment', async () => {
  await putSeason({ stage: 'ready', publishAt: NOW - 1 });
  before(changing('report_seasons', /published/), () => seasons().update(SEASON, { publishAt: NOW + DAY }));
  await cloud.makeReports(context, time);
  expect(await season()).toMatchObject({ stage: 'ready', publishAt: NOW + DAY });
  await seasons().update(SEASON, { publishAt: NOW });
  await cloud.makeReports(context, time);
  expect(await season()).toMatchObject({ stage: 'published', publishedAt: NOW });
});

it('of two imports for late readers at once both are kept', async () => {
  await putSeason({ stage: 'ready' });
  const add = (id: string) => cloud.seasons.changeLateImports(SEASON, ['ready'], (others) => [...others, id]);
  expect(await Promise.all([add('a'), add('b')])).toEqual([true, true]);
  expect([...(await season()).lateImports!].sort()).toEqual(['a', 'b']);
  expect(await cloud.seasons.changeLateImports(SEASON, ['published'], () => [])).toBe(false);
});
