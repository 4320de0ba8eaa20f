import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { dataOf, startLocalCloud, type LocalCloud } from '../../../support/local-cloud';
import { begin as beginPaper, configure, makeBank, publish } from '../../support/onboarding';
import { addDocuments, readCollection } from '../../support/read-database';
import {
  allow,
  at,
  beatAt,
  begin,
  enrol,
  holdOf,
  HOUR,
  inboxOf,
  ledgerOf,
  loanOf,
  MINUTE,
  passMorning,
  passNight,
  sends,
  startMessageCloud,
  storedMessages,
  storedPlans,
  taken,
  templateOf,
  type ScriptedLibrary,
} from './support/message-cloud';

jest.setTimeout(120_000);

let cloud: LocalCloud;
let library: ScriptedLibrary;
beforeAll(async () => {
  ({ cloud, library } = await startMessageCloud());
});
afterAll(() => cloud.stop());
beforeEach(() => begin(cloud, library));

const NOON = at('2026-11-25T12:00');

describe('a title that is back on the shelf', () => {
  const watch = async (openid: string, bibId: string): Promise<void> => {
    dataOf(await cloud.call('holds.watch', { bibId, on: true }, openid));
  };
  let bibIds: string[];
  beforeEach(async () => {
    const { items } = dataOf(await cloud.call('catalog.search', { text: '中国' }));
    bibIds = items.slice(0, 3).map(({ bibId }) => bibId);
    for (const bibId of bibIds) library.shelves.set(bibId, false);
  });

  it('is told to all who watch it, once, without a card, and is taken off their lists', async () => {
    const people = ['o-a', 'o-b', 'o-c'];
    for (const openid of people) {
      await allow(cloud, openid, 'backOnShelf', 2);
      await watch(openid, bibIds[0]!);
      await watch(openid, bibIds[1]!);
    }
    await beatAt(cloud, NOON);
    expect(library.asked.holdings).toBe(2);
    expect(sends(cloud)).toEqual([]);
    library.shelves.set(bibIds[0]!, true);
    await beatAt(cloud, NOON + 10 * MINUTE);
    expect(library.asked.holdings).toBe(2);
    await beatAt(cloud, NOON + 31 * MINUTE);
    await beatAt(cloud, NOON + 32 * MINUTE);
    expect(
      taken(cloud)
        .map(({ request }) => request['touser'])
        .sort(),
    ).toEqual(people);
    for (const openid of people) {
      expect(await inboxOf(cloud, openid)).toMatchObject([
        {
          delivery: 'sent',
          body: {
            kind: 'backOnShelf',
            total: 1,
            books: [{ bibId: bibIds[0], place: '总馆 三楼书库 I247.5/1' }],
          },
        },
      ]);
      const { watches } = dataOf(await cloud.call('holds.watches', {}, openid));
      expect(watches.map(({ bibId }) => bibId)).toEqual([bibIds[1]]);
    }
    for (let i = 2; i < 6; i++) await beatAt(cloud, NOON + i * 31 * MINUTE);
    expect(sends(cloud)).toHaveLength(3);
  });

  it('that was borrowed again meanwhile, or is not watched any more, is not told', async () => {
    await allow(cloud, 'o-a', 'backOnShelf', 2);
    for (const bibId of bibIds) await watch('o-a', bibId);
    for (const bibId of bibIds) library.shelves.set(bibId, true);
    await beatAt(cloud, NOON);
    expect(await storedMessages(cloud)).toMatchObject([{ state: 'planned', kind: 'backOnShelf' }]);
    library.shelves.set(bibIds[0]!, false);
    dataOf(await cloud.call('holds.watch', { bibId: bibIds[1]!, on: false }, 'o-a'));
    await beatAt(cloud);
    expect(await inboxOf(cloud, 'o-a')).toMatchObject([
      { body: { total: 1, books: [{ bibId: bibIds[2] }] } },
    ]);
    const { watches } = dataOf(await cloud.call('holds.watches', {}, 'o-a'));
    expect(watches.map(({ bibId }) => bibId)).toEqual([bibIds[0]]);
  });

  it('that the library cannot tell of is asked for again', async () => {
    await allow(cloud, 'o-a', 'backOnShelf');
    await watch('o-a', bibIds[0]!);
    library.shelves.set(bibIds[0]!, true);
    library.fail((what) => what === 'holdings');
    await beatAt(cloud, NOON);
    expect(await storedMessages(cloud)).toEqual([]);
    library.fail(() => false);
    await beatAt(cloud);
    await beatAt(cloud);
    expect(taken(cloud)).toHaveLength(1);
    // no openid stands in what is about no reader
    expect(JSON.stringify(await readCollection(cloud.url(), 'message_work'))).not.toContain('o-a');
  });

  describe('beside titles that the library can never tell of', () => {
    const watchAll = async (titles: Record<string, string[]>): Promise<void> => {
      const since = cloud.clock.now();
      const documents = Object.entries(titles).map(([_id, ids]) => ({
        _id,
        titles: ids.map((bibId) => ({ bibId, title: `书${bibId}`, since })),
      }));
      await addDocuments(cloud.url(), 'watches', documents);
      for (const bibId of Object.values(titles).flat()) library.shelves.set(bibId, false);
    };
    const failFor = (isBad: (bibId: string) => boolean): void =>
      library.fail((what, bibId) => what === 'holdings' && isBad(bibId));
    /** As many readers as are looked at together, and more behind them. */
    const pageOf = (bibId: string, page = 0): Record<string, string[]> =>
      Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`o-${page}${i}`, [bibId]]));

    it('is told all the same, and so are holds by day', async () => {
      await watchAll({ ...pageOf('bad'), 'o-z': ['good'] });
      await allow(cloud, 'o-z', 'backOnShelf');
      const { ref } = await enrol(cloud, 'waiting', { credits: { holdReady: 1 } });
      library.holds.set(ref, [holdOf('h', 'waiting')]);
      await passNight(cloud);
      library.holds.set(ref, [holdOf('h', 'ready')]);
      library.shelves.set('good', true);
      failFor((bibId) => bibId === 'bad');
      for (let i = 0; i < 4; i++) await beatAt(cloud, NOON + i * MINUTE);
      expect(
        taken(cloud)
          .map(({ request }) => request['template_id'])
          .sort(),
      ).toEqual([templateOf('backOnShelf'), templateOf('holdReady')]);
      // it is not asked for again before the others are
      const { holdings } = library.asked;
      await beatAt(cloud, NOON + 5 * MINUTE);
      expect(library.asked.holdings).toBe(holdings);
      // but then it is
      failFor(() => false);
      library.shelves.set('bad', true);
      for (let i = 0; i < 2; i++) await beatAt(cloud, NOON + (31 + i) * MINUTE);
      expect(await inboxOf(cloud, 'o-00')).toMatchObject([{ body: { kind: 'backOnShelf' } }]);
    });

    it('is told some beats later when one reader watches fifty of them, which are never asked for all at once', async () => {
      const bad = Array.from({ length: 50 }, (_, i) => `bad-${i}`);
      await watchAll({ 'o-a': bad, 'o-b': ['good'] });
      library.shelves.set('good', true);
      failFor((bibId) => bibId !== 'good');
      for (let i = 0; i < 12; i++) {
        const { holdings } = library.asked;
        await beatAt(cloud, NOON + i * MINUTE);
        expect(library.asked.holdings - holdings).toBeLessThan(12);
      }
      expect(await inboxOf(cloud, 'o-b')).toMatchObject([{ body: { kind: 'backOnShelf' } }]);
    });

    it('a library that stops answering is not asked for every page', async () => {
      const pages = Array.from({ length: 30 }, (_, page) => pageOf(`b${page}`, 10 + page));
      await watchAll(Object.assign({}, ...pages) as Record<string, string[]>);
      failFor((bibId) => bibId !== 'b0');
      for (let i = 0; i < 3; i++) {
        const { holdings } = library.asked;
        await beatAt(cloud, NOON + i * MINUTE);
        expect(library.asked.holdings - holdings).toBeLessThan(10);
      }
      failFor(() => false);
      for (const bibId of library.shelves.keys()) library.shelves.set(bibId, true);
      for (let i = 0; i < 2; i++) await beatAt(cloud, NOON + (31 + i) * MINUTE);
      const watchers = new Set((await storedMessages(cloud)).map(({ owner }) => owner));
      expect(watchers.size).toBe(300);
    });
  });

  it('is not told at night', async () => {
    await allow(cloud, 'o-a', 'backOnShelf');
    await watch('o-a', bibIds[0]!);
    library.shelves.set(bibIds[0]!, true);
    await beatAt(cloud, at('2026-11-25T22:30'));
    expect(library.asked.holdings).toBe(0);
  });
});

describe('what is announced', () => {
  const SETTINGS = { requiredOf: [{ readerTypes: ['UG', 'PG'], fromEntryYear: 2026 }], mustRead: false };

  it('a paper that the job marked because its time was over, by day, also while the library is away', async () => {
    await publish(cloud, makeBank());
    await configure(cloud, SETTINGS);
    const { openid } = await enrol(cloud, 'freshman', { credits: { onboardingResult: 1 } });
    const { attemptId } = await beginPaper(cloud, openid);
    await beatAt(cloud, at('2026-11-25T02:00'));
    expect(await inboxOf(cloud, openid)).toMatchObject([
      {
        delivery: 'waiting',
        body: { kind: 'onboardingResult', attempt: attemptId, passed: false, opened: false },
      },
    ]);
    expect(sends(cloud)).toEqual([]);
    cloud.link.set('offline');
    await passMorning(cloud);
    await beatAt(cloud);
    expect(taken(cloud).map(({ request }) => request['template_id'])).toEqual([
      templateOf('onboardingResult'),
    ]);
    expect(await inboxOf(cloud, openid)).toMatchObject([{ delivery: 'sent' }]);
  });

  it('not to whoever has handed the paper in and has seen how it ended', async () => {
    await publish(cloud, makeBank());
    await configure(cloud, SETTINGS);
    const { openid } = await enrol(cloud, 'freshman');
    const { attemptId } = await beginPaper(cloud, openid);
    dataOf(await cloud.call('onboarding.submit', { attemptId, answers: {} }, openid));
    await beatAt(cloud, at('2026-11-25T02:00'));
    expect(await storedMessages(cloud)).toEqual([]);
  });

  it('a report that can be opened, once, in the night after its publication', async () => {
    const { openid } = await enrol(cloud, 'twenty', { credits: { reportReady: 2 } });
    const other = await enrol(cloud, 'debtor', { credits: { reportReady: 2 } });
    const [plan, otherPlan] = await Promise.all(
      [openid, other.openid].map(async (id) => (await storedPlans(cloud)).find(({ _id }) => _id === id)!),
    );
    const now = cloud.clock.now();
    const season = 'calendar-2025';
    const report = (owner: string, bindingId: string, state: string) => ({
      ...{ _id: `${owner}:${season}`, owner, bindingId, season, state, patron: `p-${owner}`, since: now },
      ...{
        step: 'done',
        tries: 0,
        earlier: [],
        hidden: [],
        disputes: 0,
        changedAt: now,
        expiresAt: now + 900 * HOUR,
      },
    });
    await addDocuments(cloud.url(), 'reports', [
      report(openid, plan!.bindingId, 'made'),
      report(other.openid, otherPlan!.bindingId, 'waiting'),
    ]);
    await addDocuments(cloud.url(), 'report_seasons', [
      {
        ...{
          _id: season,
          stage: 'published',
          openedAt: now,
          returnsKnown: true,
          counted: 0,
          timeZone: 'Asia/Shanghai',
        },
        publishedAt: now,
      },
    ]);
    for (let day = 0; day < 3; day++) {
      await passNight(cloud, at('2026-11-24T23:00') + day * 24 * HOUR);
      await passMorning(cloud, at('2026-11-25T08:00') + day * 24 * HOUR);
    }
    expect(taken(cloud)).toHaveLength(1);
    expect(await inboxOf(cloud, openid)).toMatchObject([
      { delivery: 'sent', body: { kind: 'reportReady', season } },
    ]);
    expect(await inboxOf(cloud, other.openid)).toEqual([]);
  });
});

describe('a library that works with sessions', () => {
  let own: LocalCloud;
  beforeAll(async () => {
    library.serve('session');
    own = await startLocalCloud({ wrap: library.wrap });
  });
  afterAll(async () => {
    library.serve(undefined);
    await own.stop();
  });
  beforeEach(() => begin(own, library));

  it('is asked while the session lasts; then the reader is left alone until they sign in again', async () => {
    library.giveSessions(at('2026-11-25T12:00'));
    const { openid, ref } = await enrol(own, 'twenty', { credits: { dueSoon: 3 } });
    library.loans.set(ref, [loanOf('1', '2026-11-28')]);
    await passNight(own);
    await passMorning(own);
    expect(taken(own)).toHaveLength(1);
    // the session has ended
    library.loans.set(ref, [loanOf('2', '2026-11-29')]);
    const asked = library.asked.loans;
    await passNight(own, at('2026-11-25T23:00'));
    await passMorning(own, at('2026-11-26T08:00'));
    expect(library.asked.loans).toBe(asked);
    expect((await storedPlans(own))[0]).toMatchObject({ lookAt: at('2026-11-26T22:00') });
    expect((await storedPlans(own))[0]!.lookedAt).toBeLessThan(at('2026-11-25T00:00'));
    expect(taken(own)).toHaveLength(1);
    // signed in again: the next night tells what there is, and nothing twice
    own.clock.set(at('2026-11-26T18:00'));
    library.giveSessions(at('2026-11-30T12:00'));
    await enrol(own, 'twenty', { openid });
    await passNight(own, at('2026-11-26T23:00'));
    await passMorning(own, at('2026-11-27T08:00'));
    expect(taken(own)).toHaveLength(2);
  });

  it('that asks for the PIN each time is not asked at all', async () => {
    library.giveSessions(undefined);
    const { openid, ref } = await enrol(own, 'twenty', { credits: { dueSoon: 3 } });
    library.loans.set(ref, [loanOf('1', '2026-11-28')]);
    await passNight(own);
    await passMorning(own);
    expect(library.asked.loans).toBe(0);
    expect(sends(own)).toEqual([]);
    expect(await ledgerOf(own, openid, 'dueSoon')).toMatchObject({ spent: 0, held: 0 });
  });

  it('a session that ends between night and morning is told of nothing', async () => {
    library.giveSessions(at('2026-11-25T04:00'));
    const { openid, ref } = await enrol(own, 'twenty', { credits: { dueSoon: 3 } });
    library.loans.set(ref, [loanOf('1', '2026-11-28')]);
    await passNight(own);
    expect(await storedMessages(own)).toHaveLength(1);
    await passMorning(own);
    expect(sends(own)).toEqual([]);
    expect(await inboxOf(own, openid)).toEqual([]);
  });
});
