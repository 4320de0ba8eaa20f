import { randomBytes } from 'node:crypto';
import schema from '../../cloudfunctions/schema.json';
import { createLookup } from '../../cloudfunctions/runtime/lookup';
import { createSealer } from '../../cloudfunctions/runtime/sealed';
import type { AttemptDocument } from '../../cloudfunctions/stores/onboarding-attempts';
import type { DatabaseSchema } from '../../local/emulator/database';
import { pointSdksTo, serveDatabase, type Served } from '../emulator/database/serve';

jest.setTimeout(60_000);

const NOON = Date.parse('2026-11-21T12:00:00+08:00');
const MINUTE = 60_000;
const lookup = createLookup(randomBytes(32));
const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }]);
const KEY = lookup('onboarding', 'p1');

let served: Served;
let stores: Awaited<ReturnType<typeof loadStores>>;

/** The SDK reads its address when it is loaded, so the stores are loaded after the server has one. */
async function loadStores() {
  const [attempts, banks, database, papers, readers, settings, unlocks] = await Promise.all([
    import('../../cloudfunctions/stores/onboarding-attempts'),
    import('../../cloudfunctions/stores/onboarding-banks'),
    import('../../cloudfunctions/cloud/database'),
    import('../../cloudfunctions/stores/onboarding-papers'),
    import('../../cloudfunctions/stores/onboarding-readers'),
    import('../../cloudfunctions/stores/onboarding-settings'),
    import('../../cloudfunctions/stores/onboarding-unlocks'),
  ]);
  return { attempts, banks, database, papers, readers, settings, unlocks };
}

beforeAll(async () => {
  served = await serveDatabase(schema as DatabaseSchema);
  pointSdksTo(served.url);
  stores = await loadStores();
}, 60_000);
afterAll(() => served.close());
beforeEach(() => served.database.reset());

const twenty = <T>(call: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 20 }, (_, i) => call(i)));
const NOWHERE = { readerType: 'UG', college: '', grade: '' };
const put = (document: AttemptDocument) =>
  stores.database.table<AttemptDocument>('onboarding_attempts').put(document);
const paper = (changes: Partial<AttemptDocument> = {}): AttemptDocument => ({
  _id: stores.attempts.attemptIdOf(KEY, 1),
  owner: KEY,
  n: 1,
  state: 'open',
  bank: 'b',
  items: [],
  answers: { '0': [1] },
  startedAt: NOON,
  endsAt: NOON + 30 * MINUTE,
  expiresAt: NOON + 400 * 1440 * MINUTE,
  ...changes,
});

describe('reader codes', () => {
  it('are the first sixty bits of the key in an alphabet without look-alikes', () => {
    const code = stores.readers.readerCodeOf(KEY);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    const value = [...code.replaceAll('-', '')].reduce(
      (sum, one) => sum * 32n + BigInt(alphabet.indexOf(one)),
      0n,
    );
    const bytes = Buffer.from(KEY, 'base64url');
    expect(value).toBe(bytes.readBigUInt64BE() >> 4n);
  });
});

describe('the list of what is to be opened', () => {
  const order = (now = NOON) =>
    stores.unlocks.describeUnlock(sealer, { readerKey: KEY, patronRef: 'p1', key: 'paper-1' }, now);

  it('gives a turn to one of all who want it at once, and to the next when that one has died', async () => {
    await stores.unlocks.addUnlock(order());
    const turns = (await twenty((i) => stores.unlocks.takeTurn(KEY, NOON + i))).filter(
      (turn) => turn !== undefined,
    );
    expect(turns).toHaveLength(1);
    expect(stores.unlocks.patronRefOf(sealer, turns[0]!)).toBe('p1');
    expect(await stores.unlocks.takeTurn(KEY, NOON + MINUTE)).toBeUndefined();
    expect(await stores.unlocks.takeTurn(KEY, NOON + 71_000)).toMatchObject({ tries: 2 });
  });

  it('keeps what was done, whatever a call that comes late says', async () => {
    await stores.unlocks.addUnlock(order());
    const turn = (await stores.unlocks.takeTurn(KEY, NOON))!;
    await stores.unlocks.endTurn(turn, { state: 'unlocked', opened: true });
    await stores.unlocks.endTurn(turn, { state: 'failed', libraryText: '不行' });
    await stores.unlocks.addUnlock(order(NOON + MINUTE));
    const found = await stores.unlocks.findUnlock(KEY);
    expect(found).toMatchObject({ state: 'unlocked', opened: true });
    expect(found).not.toHaveProperty('ref');
    expect(found).not.toHaveProperty('libraryText');
    expect(await stores.unlocks.listDueUnlocks(NOON + 90 * MINUTE, 50)).toEqual([]);
  });
});

describe('a turn that another has taken over', () => {
  it('counts when it has opened, and says nothing when it has not', async () => {
    const unlock = stores.unlocks.describeUnlock(
      sealer,
      { readerKey: KEY, patronRef: 'p1', key: 'paper-1' },
      NOON,
    );
    await stores.unlocks.addUnlock(unlock);
    const first = (await stores.unlocks.takeTurn(KEY, NOON))!;
    expect(await stores.unlocks.takeTurn(KEY, NOON + 71_000)).toMatchObject({ tries: 2 });
    await stores.unlocks.endTurn(first, { state: 'failed', libraryText: '不行' });
    expect(await stores.unlocks.findUnlock(KEY)).toMatchObject({ state: 'unlocking', tries: 2 });
    await stores.unlocks.endTurn(first, { state: 'unlocked', opened: true });
    expect(await stores.unlocks.findUnlock(KEY)).toMatchObject({ state: 'unlocked', opened: true });
  });
});

describe('answers', () => {
  const save = (now = NOON, owner = KEY) =>
    stores.attempts.keepAnswers(owner, paper()._id, { '1': [2] }, now);
  const kept = async () => (await stores.attempts.findAttempt(KEY, paper()._id))?.answers;

  it.each<[string, Partial<AttemptDocument>, number, string]>([
    ['after the paper was handed in', { state: 'submitted' }, NOON, KEY],
    ['when the time is over', {}, NOON + 30 * MINUTE, KEY],
    ['by somebody else', {}, NOON, lookup('onboarding', 'p2')],
  ])('are not kept %s, whatever was read before', async (_, changes, now, owner) => {
    await put(paper(changes));
    expect(await save(now, owner)).toBe(false);
    expect(await kept()).toEqual({ '0': [1] });
  });

  it('that come at once while it is handed in are in it, or are said not to be kept', async () => {
    for (let round = 0; round < 5; round++) {
      await served.database.reset();
      await stores.readers.addRecord(KEY, NOWHERE, NOON);
      await stores.database.table('onboarding_readers').update(KEY, { openAttempt: paper()._id });
      await put(paper({ answers: {} }));
      const [saved, closed] = await Promise.all([
        twenty((i) => stores.attempts.keepAnswers(KEY, paper()._id, { [i]: [1] }, NOON)),
        stores.papers.closePaper(KEY, paper()._id, (attempt, record) => ({
          attempt: { ...attempt, state: 'submitted' },
          record,
        })),
      ]);
      const places = saved.flatMap((one, i) => (one ? [String(i)] : []));
      expect(Object.keys(closed!.attempt.answers).sort()).toEqual(places.sort());
    }
  });
});

describe('a record that was erased while a call had it in hand', () => {
  it('is nobody’s to write in or to prolong, where failures are left of it', async () => {
    const { addRecord, eraseRecord, findRecord, keepBelonging, keepCampus, keepReading, keepWaiver } =
      stores.readers;
    await addRecord(KEY, NOWHERE, NOON);
    await stores.database.table('onboarding_readers').update(KEY, { failures: 1, failedAt: NOON + MINUTE });
    const inHand = (await findRecord(KEY))!;
    await eraseRecord(KEY, NOON + 2 * MINUTE);
    const left = await findRecord(KEY);
    expect(left).toMatchObject({ failures: 1 });
    const now = NOON + 3 * MINUTE;
    await keepBelonging(inHand, { ...NOWHERE, college: 'c' }, now);
    await keepReading(inHand, 'hours', { cards: 1, of: 2 }, now);
    await keepCampus(inHand, 'main', now);
    await keepWaiver(inHand, now, now);
    expect(await findRecord(KEY)).toEqual(left);
    await keepCampus(left!, 'main', now);
    expect(await findRecord(KEY)).toMatchObject({ campus: 'main' });
  });
});

describe('a part of a bank', () => {
  it('is put in once, whoever puts it in at once; and never another in its place', async () => {
    const item = (id: string) => [{ id }] as never;
    const same = await twenty(() => stores.banks.keepSlice('d', 0, item('a'), NOON));
    expect(same).toEqual(Array.from({ length: 20 }, () => true));
    expect(await stores.banks.keepSlice('d', 0, item('b'), NOON)).toBe(false);
    expect(await stores.banks.readSlices('d')).toEqual([item('a')]);
  });

  it('is there once it was put in, though what lay there is swept away at that moment', async () => {
    const { sweep } = await import('../../cloudfunctions/stores/expired');
    const handle = served.database.handle.bind(served.database);
    const items = [{ id: 'a' }] as never;
    const later = NOON + 1441 * MINUTE;
    for (let at = 1; at <= 3; at++) {
      await stores.banks.keepSlice('d', 0, items, NOON);
      let requests = 0;
      const spy = jest.spyOn(served.database, 'handle').mockImplementation(async (...request) => {
        if (++requests === at) expect(await sweep('onboarding_banks', later)).toBe(1);
        return handle(...request);
      });
      expect(await stores.banks.keepSlice('d', 0, items, later)).toBe(true);
      spy.mockRestore();
      expect({ at, slices: await stores.banks.readSlices('d') }).toEqual({ at, slices: [items] });
      await served.database.reset();
    }
  });

  it('that was put in after its draft was settled is not taken for settled', async () => {
    const items = (id: string) => [{ id }] as never;
    await stores.banks.keepSlice('d', 0, items('a'), NOON);
    await stores.banks.settleDraft('d');
    await stores.banks.keepSlice('d', 1, items('b'), NOON);
    expect(await stores.banks.readSlices('d')).toHaveLength(2);
    expect(await stores.banks.readSettled('d')).toEqual([items('a')]);
  });
});

describe('rules', () => {
  const store = (settings: unknown) =>
    stores.database
      .table<{ _id: string; settings: unknown }>('onboarding_settings')
      .put({ _id: 'settings', settings });

  it('that cannot be read are a fault, never no rules, and are read again the next time', async () => {
    await store({ requiredOf: 'everybody' });
    await expect(stores.settings.currentRules(NOON)).rejects.toThrow();
    await store({ passMark: 60 });
    expect((await stores.settings.currentRules(NOON)).settings).toMatchObject({ passMark: 60, minutes: 30 });
  });

  it('are held for half a minute, and not over a clock that was set back', async () => {
    await store({ passMark: 70 });
    expect((await stores.settings.currentRules(NOON + 29_999)).settings.passMark).toBe(60);
    expect((await stores.settings.currentRules(NOON + 30_000)).settings.passMark).toBe(70);
    await store({ passMark: 75 });
    expect((await stores.settings.currentRules(NOON - MINUTE)).settings.passMark).toBe(75);
  });
});
