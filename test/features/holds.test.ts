import * as v from 'valibot';
import { readerApi } from '../../contracts';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { intercept } from './support/intercept';
import { bind, fault, READERS, tap, type ReaderName } from './support/readers';

const library = intercept();
let cloud: LocalCloud;
/** Titles that can be held: all copies are out. */
let titles: string[];

beforeAll(async () => {
  cloud = await startLocalCloud({ wrap: library.wrap });
  titles = await findHoldable(6);
  for (const who of ['waiting', 'substitute', 'none', 'staff', 'debtor', 'lost'] as const) {
    if (who !== 'lost') await bind(cloud, who, `o-${who}`);
  }
}, 60_000);
afterAll(() => cloud.stop());
afterEach(() => cloud.link.set('none'));

async function findHoldable(count: number): Promise<string[]> {
  const found = new Set<string>();
  for (const text of ['历史', '文学', '中国', '研究', '理论', '基础', '数学', '经济', '语言', '设计']) {
    for (let page = 1; page <= 4; page++) {
      const { items } = dataOf(await cloud.call('catalog.search', { text, page, pageSize: 50 }));
      for (const { bibId, availableCopies } of items) {
        if (availableCopies !== 0) continue;
        // without a pickup place nothing is placed yet
        const step = await cloud.library.holds!.place({ ref: READERS.staff.ref }, { bibId }, {});
        if (step.status === 'choose') found.add(bibId);
        if (found.size === count) return [...found];
      }
    }
  }
  throw new Error('too few titles are lent out');
}

const list = async (who: ReaderName) => {
  const answer = dataOf(await cloud.call('holds.list', {}, `o-${who}`));
  if ('denied' in answer) throw new Error(answer.denied.code);
  return answer.holds;
};
const place = async (
  who: ReaderName,
  bibId: string,
  choice: { pickup?: string; confirm?: boolean; requestId?: string } = {},
) => dataOf(await cloud.call('holds.place', { target: { bibId }, requestId: tap(), ...choice }, `o-${who}`));
/** A pickup place where no more is asked. */
const pickupFor = async (bibId: string): Promise<string> => {
  const { items } = dataOf(await cloud.call('catalog.holdings', { bibId }));
  return items[0]!.branch.code;
};

describe('holds', () => {
  it('are listed with what is to be picked up first', async () => {
    const answer = dataOf(await cloud.call('holds.list', {}, 'o-waiting'));
    expect(v.is(readerApi['holds.list'].output, answer)).toBe(true);
    const holds = await list('waiting');
    expect(holds.map(({ status }) => status)).toEqual(['ready', 'inTransit', 'waiting', 'expired']);
    expect(holds[0]?.readyUntil).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(holds[2]?.position).toBe(2);
    expect(await list('none')).toEqual([]);
  });

  it('are placed in the steps that the library wants, and cancelled', async () => {
    const bibId = titles[0]!;
    const choose = await place('substitute', bibId);
    if (choose.status !== 'choose') throw new Error(choose.status);
    const { places } = dataOf(await cloud.call('holds.pickupPlaces', { target: { bibId } }, 'o-substitute'));
    expect(choose.options).toEqual(places);
    const own = new Set(
      dataOf(await cloud.call('catalog.holdings', { bibId })).items.map(({ branch }) => branch.code),
    );
    const away = places.find(({ code }) => !own.has(code));
    if (away) {
      expect(await place('substitute', bibId, { pickup: away.code })).toMatchObject({
        status: 'confirm',
        text: expect.any(String),
      });
      expect(await list('substitute')).toEqual([]);
    }
    const pickup = await pickupFor(bibId);
    const done = await place('substitute', bibId, { pickup });
    if (done.status !== 'done' || !done.hold) throw new Error(done.status);
    expect(await list('substitute')).toEqual([
      expect.objectContaining({ holdId: done.hold.holdId, bibId, status: 'waiting' }),
    ]);
    const cancel = { holdId: done.hold.holdId, requestId: tap() };
    expect(dataOf(await cloud.call('holds.cancel', cancel, 'o-substitute'))).toEqual({ status: 'done' });
    expect(dataOf(await cloud.call('holds.cancel', cancel, 'o-substitute'))).toEqual({ status: 'done' });
    expect(await list('substitute')).toEqual([]);
  });

  it('may answer a question with the same request id', async () => {
    const bibId = titles[1]!;
    const requestId = tap();
    expect(await place('none', bibId, { requestId })).toMatchObject({ status: 'choose' });
    expect(await place('none', bibId, { requestId, pickup: await pickupFor(bibId) })).toMatchObject({
      status: 'done',
    });
  });

  it('are placed once for one request id and once for one title', async () => {
    const bibId = titles[2]!;
    const choice = { pickup: await pickupFor(bibId), requestId: tap() };
    const asked = library.asked['holds.place'];
    const answers = await Promise.all(Array.from({ length: 4 }, () => place('staff', bibId, choice)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.status).toBe('done');
    expect(await place('staff', bibId, { ...choice, requestId: tap() })).toMatchObject({
      status: 'refused',
      code: 'DUPLICATE',
    });
    expect(library.asked['holds.place'] - asked).toBe(1);
    expect(await list('staff')).toHaveLength(1);
  });

  it('whose answer was lost are found by reading, or stay unknown until they can be', async () => {
    const [third, fourth] = [titles[3]!, titles[4]!];
    cloud.link.set('drop-after-write');
    expect(await place('staff', third, { pickup: await pickupFor(third) })).toMatchObject({
      status: 'done',
      hold: { bibId: third },
    });

    const choice = { pickup: await pickupFor(fourth), requestId: tap() };
    library.after('holds.place', () => cloud.link.set('offline'));
    expect(await place('staff', fourth, choice)).toEqual({ status: 'unknown' });
    cloud.link.set('none');
    expect(await place('staff', fourth, choice)).toMatchObject({ status: 'done', hold: { bibId: fourth } });
    expect((await list('staff')).filter(({ bibId }) => bibId === fourth)).toHaveLength(1);

    const { holdId } = (await list('staff'))[0]!;
    const cancel = { holdId, requestId: tap() };
    library.after('holds.cancel', () => cloud.link.set('offline'));
    expect(dataOf(await cloud.call('holds.cancel', cancel, 'o-staff'))).toEqual({ status: 'unknown' });
    cloud.link.set('none');
    expect(dataOf(await cloud.call('holds.cancel', cancel, 'o-staff'))).toEqual({ status: 'done' });
  });

  it('of another reader cannot be cancelled', async () => {
    const [foreign] = await list('waiting');
    const asked = library.asked['holds.cancel'];
    const step = await cloud.call(
      'holds.cancel',
      { holdId: foreign!.holdId, requestId: tap(), confirm: true },
      'o-none',
    );
    expect(step).toMatchObject({ ok: true, data: { status: 'refused', code: 'NOT_YOURS' } });
    expect(library.asked['holds.cancel']).toBe(asked);
    expect((await list('waiting')).map(({ holdId }) => holdId)).toContain(foreign!.holdId);
  });

  it('are refused with the library’s words', async () => {
    expect(await place('debtor', titles[5]!, { pickup: 'nowhere' })).toMatchObject({
      status: 'refused',
      code: 'DEBT',
      libraryText: expect.any(String),
    });
    expect(await place('staff', titles[5]!, { pickup: 'nowhere' })).toMatchObject({
      status: 'refused',
      code: 'BAD_PICKUP',
    });
    expect(await place('staff', 'no-such-title')).toMatchObject({ status: 'refused' });
  });
});

describe('watches', () => {
  const watch = (bibId: string, on: boolean, openid: string) =>
    cloud.call('holds.watch', { bibId, on }, openid);

  it('are kept for their reader, up to fifty', async () => {
    const [first, second] = titles as [string, string];
    expect(dataOf(await watch(first, true, 'o-watcher')).watches).toEqual([
      { bibId: first, title: expect.any(String), since: expect.any(String) },
    ]);
    expect(dataOf(await watch(second, true, 'o-watcher')).watches).toHaveLength(2);
    expect(dataOf(await watch(second, true, 'o-watcher')).watches).toHaveLength(2);
    expect(dataOf(await watch(first, false, 'o-watcher')).watches.map(({ bibId }) => bibId)).toEqual([
      second,
    ]);
    expect(dataOf(await cloud.call('holds.watches', {}, 'o-other')).watches).toEqual([]);
    expect(await watch('no-such-title', true, 'o-watcher')).toEqual(fault('NOT_FOUND'));
  });
});

describe('fines.list', () => {
  it('adds up what is owed in fen and says where to pay', async () => {
    const answer = dataOf(await cloud.call('fines.list', {}, 'o-debtor'));
    expect(v.is(readerApi['fines.list'].output, answer)).toBe(true);
    if ('denied' in answer) throw new Error('denied');
    expect(answer.fines.map(({ amountCents }) => amountCents).sort((a, b) => a - b)).toEqual([700, 3800]);
    expect(answer).toMatchObject({
      totalCents: 4500,
      blockAtCents: expect.any(Number),
      payAt: expect.any(String),
    });
    expect(dataOf(await cloud.call('fines.list', {}, 'o-none'))).toMatchObject({ totalCents: 0, fines: [] });
    cloud.link.set('offline');
    expect(await cloud.call('fines.list', {}, 'o-debtor')).toEqual(fault('LIBRARY_UNREACHABLE', true));
  });
});
