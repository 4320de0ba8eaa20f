import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { manyLoans } from './report-engine/support/setting';
import { readDatabase } from './support/read-database';
import { bind, fault, proofOf } from './support/readers';
import { look, LOANS, openReports, SEASON, type Reports } from './support/reports';

jest.setTimeout(120_000);

const COLLECTIONS = ['reports', 'report_versions', 'report_shares', 'report_loans'] as const;
const EARLIER = 'academic-2024';
let cloud: LocalCloud;
let reports: Reports;

beforeAll(async () => {
  cloud = await startLocalCloud();
  reports = await openReports(cloud);
  await bind(cloud, 'staff', 'o-neighbour');
}, 120_000);
afterAll(() => cloud.stop());

/** How many documents there are in each collection of reports, but for the neighbour's. */
async function left(): Promise<Record<string, number>> {
  const stored = await readDatabase(cloud.url());
  const neighbour = stored['reports']!.find(({ owner }) => owner === 'o-neighbour');
  const isOthers = ({ owner, patron }: Record<string, unknown>): boolean =>
    owner !== 'o-neighbour' && (patron === undefined || patron !== neighbour?.['patron']);
  return Object.fromEntries(COLLECTIONS.map((name) => [name, stored[name]!.filter(isOthers).length]));
}
const NOTHING = Object.fromEntries(COLLECTIONS.map((name) => [name, 0]));

/** Two years of reports, one of them disputed and shared, with their loans. @returns the token of the link */
async function live(openid: string): Promise<string> {
  for (const season of [EARLIER, SEASON]) {
    await reports.putSeason({ _id: season, openedAt: season === SEASON ? 2 : 1 });
    if (season === EARLIER) await reports.removeSeason(SEASON);
    dataOf(await cloud.call('report.optIn', {}, openid));
    await reports.keepLoans(openid, LOANS, { season });
    await reports.make(openid, LOANS, { season });
  }
  dataOf(await cloud.call('report.dispute', { season: SEASON }, openid));
  await reports.make(openid, manyLoans(20));
  const { token } = dataOf(await cloud.call('report.share', { season: SEASON, cards: ['totals'] }, openid));
  expect(await look(cloud, token)).toMatchObject({ ok: true });
  return token;
}

beforeAll(async () => {
  await live('o-neighbour');
});
beforeEach(async () => {
  // erasing is bounded in ten minutes
  cloud.clock.set(cloud.clock.now() + 11 * 60_000);
  await bindAgain();
});
const bindAgain = async () =>
  dataOf(await cloud.call('cards.bind', { ...proofOf('twenty'), replace: true }, 'o-1'));

describe('all years, versions, links and loans go', () => {
  const LIVED = { reports: 2, report_versions: 1, report_shares: 1, report_loans: 2 };

  it('when their owner opts out, once and again; who opts in again begins anew', async () => {
    const token = await live('o-1');
    expect(await left()).toEqual(LIVED);
    const told = dataOf(await cloud.call('report.optOut', { confirm: true }, 'o-1'));
    expect(told).toMatchObject({ past: [], season: { id: SEASON } });
    expect(told).not.toHaveProperty('own');
    expect(await left()).toEqual(NOTHING);
    expect(await look(cloud, token)).toEqual(fault('NOT_FOUND'));
    expect(dataOf(await cloud.call('report.optOut', { confirm: true }, 'o-1'))).toEqual(told);
    const { own } = dataOf(await cloud.call('report.optIn', {}, 'o-1'));
    expect(own).toMatchObject({ state: 'waiting', sensitive: false });
    expect(await reports.find('o-1')).not.toHaveProperty('report');
    await cloud.call('report.optOut', { confirm: true }, 'o-1');
  });

  it('when the card is unbound', async () => {
    const token = await live('o-1');
    dataOf(await cloud.call('cards.unbind', {}, 'o-1'));
    expect(await left()).toEqual(NOTHING);
    expect(await look(cloud, token)).toEqual(fault('NOT_FOUND'));
    expect(await cloud.call('report.open', { season: SEASON }, 'o-1')).toEqual(fault('NOT_FOUND'));
  });

  it('when the card is bound by another identity, who sees nothing of them', async () => {
    await live('o-1');
    dataOf(await cloud.call('cards.bind', { ...proofOf('twenty'), replace: true }, 'o-2'));
    expect(await left()).toEqual(NOTHING);
    expect(dataOf(await cloud.call('report.overview', {}, 'o-2'))).toMatchObject({ past: [] });
    for (const openid of ['o-1', 'o-2'])
      expect(await cloud.call('report.open', {}, openid)).toEqual(fault('NOT_FOUND'));
  });

  it('when the identity binds another card', async () => {
    await live('o-1');
    dataOf(await cloud.call('cards.bind', proofOf('none'), 'o-1'));
    expect(await left()).toEqual(NOTHING);
  });

  it('when everything is erased, after they were shown whole to their owner', async () => {
    const token = await live('o-1');
    const { collections } = dataOf(await cloud.call('privacy.export', {}, 'o-1'));
    expect(Object.keys(collections)).toEqual(expect.arrayContaining([...COLLECTIONS]));
    expect(collections['reports']).toContainEqual(
      expect.objectContaining({ token, report: expect.objectContaining({ version: 2, tier: 'full' }) }),
    );
    expect(collections['report_versions']).toEqual([
      expect.objectContaining({ report: expect.objectContaining({ version: 1 }) }),
    ]);
    expect(collections['report_loans']![0]!['loans']).toEqual(LOANS);
    expect(collections['report_shares']).toEqual([
      expect.objectContaining({ season: SEASON, shared: '(kept sealed, not shown)' }),
    ]);
    const neighbour = JSON.stringify(dataOf(await cloud.call('privacy.export', {}, 'o-neighbour')));
    expect(neighbour).not.toContain('o-1');
    expect(neighbour).not.toContain(token);
    const { erased } = dataOf(await cloud.call('privacy.erase', { confirm: true }, 'o-1'));
    expect(erased).toMatchObject(LIVED);
    expect(await left()).toEqual(NOTHING);
    expect(await look(cloud, token)).toEqual(fault('NOT_FOUND'));
  });

  it('also where there is more of them than one answer shows: then it is named', async () => {
    await live('o-1');
    const subjects = ['主题'.repeat(60), '标目'.repeat(60)];
    await reports.keepLoans(
      'o-1',
      manyLoans(5_000, () => ({ subjects })),
    );
    const { collections } = dataOf(await cloud.call('privacy.export', {}, 'o-1'));
    const loans = collections['report_loans']!;
    expect(loans.reduce((sum, { count }) => sum + Number(count), 0)).toBe(5_000 + LOANS.length);
    const told = loans.map((one) => (typeof one['loans'] === 'string' ? one['loans'] : 'shown'));
    expect(new Set(told)).toEqual(new Set(['shown', '(kept, too long to be shown here)']));
    expect(collections['reports']).toContainEqual(
      expect.objectContaining({ report: expect.objectContaining({ version: 2 }) }),
    );
    dataOf(await cloud.call('privacy.erase', { confirm: true }, 'o-1'));
    expect(await left()).toEqual(NOTHING);
  });

  it('and what is a neighbour’s stays', async () => {
    const { report, link } = dataOf(await cloud.call('report.open', {}, 'o-neighbour'));
    expect(report.version).toBe(2);
    expect(await look(cloud, link!.token)).toMatchObject({ ok: true });
    expect(dataOf(await cloud.call('report.books', { season: SEASON }, 'o-neighbour')).total).toBe(12);
  });
});

describe('imported loans', () => {
  const imported = { source: 'import', import: { id: 'i1', part: 0 } } as const;
  const optedIn = async (): Promise<void> => {
    await reports.putSeason({ stage: 'open' });
    dataOf(await cloud.call('report.optIn', { season: SEASON }, 'o-1'));
    await reports.keepLoans('o-1', LOANS, imported);
    await reports.keepLoans('o-1', LOANS);
  };

  it.each(['open', 'gathering', 'counting'] as const)(
    'stay in the stage %s, in which those of all readers do; what was gathered for the report goes',
    async (stage) => {
      await optedIn();
      await reports.putSeason({ stage });
      dataOf(await cloud.call('report.optOut', { confirm: true }, 'o-1'));
      expect(await left()).toEqual({ ...NOTHING, report_loans: 1 });
      const rest = (await readDatabase(cloud.url()))['report_loans']!.map(({ source }) => source);
      expect(rest).toContain('import');
      dataOf(await cloud.call('privacy.erase', { confirm: true }, 'o-1'));
      expect(await left()).toEqual(NOTHING);
    },
  );

  it.each(['discarding', 'computing', 'ready', 'published'] as const)('go in the stage %s', async (stage) => {
    await optedIn();
    await reports.putSeason({ stage });
    dataOf(await cloud.call('report.optOut', { confirm: true }, 'o-1'));
    expect(await left()).toEqual(NOTHING);
  });

  it('go by a second opting out where the first was cut off', async () => {
    await reports.putSeason();
    dataOf(await cloud.call('report.optIn', {}, 'o-1'));
    await reports.keepLoans('o-1', LOANS, imported);
    await reports.documents.remove(`o-1:${SEASON}`);
    expect(await left()).toEqual({ ...NOTHING, report_loans: 1 });
    dataOf(await cloud.call('report.optOut', { confirm: true }, 'o-1'));
    expect(await left()).toEqual(NOTHING);
  });
});

describe('at once', () => {
  it('opting in and out leave all of it or nothing', async () => {
    await reports.putSeason();
    for (let round = 0; round < 5; round++) {
      await Promise.all([
        cloud.call('report.optIn', {}, 'o-1'),
        cloud.call('report.optOut', { confirm: true }, 'o-1'),
        cloud.call('report.optIn', { sensitive: true }, 'o-1'),
      ]);
      expect([0, 1]).toContain((await left())['reports']);
    }
    dataOf(await cloud.call('report.optOut', { confirm: true }, 'o-1'));
    expect(await left()).toEqual(NOTHING);
  });

  it('what is opted in or shared while all is erased, or the card unbound, does not stay', async () => {
    for (const action of ['privacy.erase', 'cards.unbind'] as const) {
      for (let round = 0; round < 3; round++) {
        await bindAgain();
        await live('o-1');
        const share = { action: 'report.share', input: { season: SEASON, cards: ['persona', 'totals'] } };
        await Promise.all([
          cloud.send(share, 'o-1'),
          cloud.call('report.optIn', { sensitive: true }, 'o-1'),
          cloud.send({ action, input: action === 'privacy.erase' ? { confirm: true } : {} }, 'o-1'),
          cloud.send(share, 'o-1'),
          cloud.call('report.optIn', {}, 'o-1'),
        ]);
        expect({ action, left: await left() }).toEqual({ action, left: NOTHING });
        expect(await cloud.call('report.optIn', {}, 'o-1')).toEqual(fault('CARD_NOT_BOUND'));
      }
    }
  });
});
