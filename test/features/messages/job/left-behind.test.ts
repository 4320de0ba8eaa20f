import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { dataOf, type LocalCloud } from '../../../support/local-cloud';
import { startCountingWire } from '../../support/counting-wire';
import { addDocuments, changeDocument } from '../../support/read-database';
import { tap } from '../../support/readers';
import { sealerOf } from '../../support/report-season';
import {
  beatAt,
  begin,
  enrol,
  HOUR,
  loanOf,
  MINUTE,
  NIGHT,
  passMorning,
  passNight,
  startMessageCloud,
  storedMessages,
  storedPlans,
  type ScriptedLibrary,
} from './support/message-cloud';

jest.setTimeout(120_000);

let cloud: LocalCloud;
let library: ScriptedLibrary;
let wire: Awaited<ReturnType<typeof startCountingWire>>;
beforeAll(async () => {
  ({ cloud, library } = await startMessageCloud());
  wire = await startCountingWire(() => cloud.url());
  await cloud.restart({ TCB_CONTEXT_CNFG: JSON.stringify({ URL: wire.url }) });
});
afterAll(async () => {
  await wire.close();
  await cloud.stop();
});
beforeEach(() => begin(cloud, library));

const DUE = '2026-11-28';
const DAY = 24 * HOUR;

/** What is kept in the inbox of a reader for a card, as of so many days. */
async function fillInbox(openid: string, bindingId: string, count: number, at: number): Promise<void> {
  const messages = Array.from({ length: count }, (_, i) => {
    const _id = `m-${openid}-${String(i).padStart(16, '0')}`;
    const body = { kind: 'dueSoon', books: [{ title: '书', loanId: '1', dueAt: DUE }], total: 1 };
    return {
      ...{ _id, owner: openid, bindingId, kind: 'dueSoon', rank: 3, state: 'done', tries: 1, at, asOf: at },
      body: sealerOf(cloud).seal(body, { owner: _id, purpose: 'messages.body' }),
      ...{ place: `${String(at).padStart(14, '0')}.${_id}`, read: false, delivery: 'sent' },
      expiresAt: at + 180 * DAY,
    };
  });
  await addDocuments(cloud.url(), 'messages', messages);
}

it('nothing is planned for whoever erases all while the library is being asked', async () => {
  const { openid, ref } = await enrol(cloud, 'twenty');
  library.loans.set(ref, [loanOf('1', DUE)]);
  library.onAsk(async () => {
    library.onAsk(undefined);
    dataOf(await cloud.call('privacy.erase', { confirm: true }, openid));
  });
  await passNight(cloud);
  expect(await storedMessages(cloud)).toEqual([]);
});

it('nor for whoever erases all while it is asked about a title that they watched', async () => {
  const { openid } = await enrol(cloud, 'twenty');
  await addDocuments(cloud.url(), 'watches', [
    { _id: openid, titles: [{ bibId: 'b1', title: '一本私密的书', since: NIGHT }] },
  ]);
  library.shelves.set('b1', true);
  library.onAsk(async (what) => {
    if (what !== 'holdings') return;
    library.onAsk(undefined);
    dataOf(await cloud.call('privacy.erase', { confirm: true }, openid));
  });
  await passMorning(cloud);
  expect(library.asked.holdings).toBeGreaterThan(0);
  expect(await storedMessages(cloud)).toEqual([]);
});

it('an answer that is given while all is being erased leaves no message', async () => {
  const openid = 'o-erasing';
  const answer = dataOf(
    await cloud.call('feedback.send', { kind: 'question', text: '几点关门？', requestId: tap() }, openid),
  );
  if (!('ticket' in answer)) throw new Error(answer.status);
  const { id } = answer.ticket;
  let replied: unknown;
  // after the messages, before the tickets
  wire.onBody('"feedback"', 1, async () => {
    replied = await cloud.order('feedback.reply', { id, text: '晚上十点。' });
  });
  dataOf(await cloud.call('privacy.erase', { confirm: true }, openid));
  expect(replied).toMatchObject({ ok: true });
  expect(await storedMessages(cloud)).toEqual([]);
});

it('a message that was being sent when the card was unbound is gone soon after', async () => {
  const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
  library.loans.set(ref, [loanOf('1', DUE)]);
  await passNight(cloud);
  wire.onBody('subscribeMessage.send', 1, async () => {
    dataOf(await cloud.call('cards.unbind', {}, openid));
  });
  await passMorning(cloud);
  await beatAt(cloud, cloud.clock.now() + 2 * HOUR);
  await beatAt(cloud, cloud.clock.now() + 11 * MINUTE);
  expect(await storedMessages(cloud)).toEqual([]);
});

it('a message whose sending is put off just while it is taken out of the inbox is out of it', async () => {
  const { openid } = await enrol(cloud, 'twenty');
  await fillInbox(openid, 'b', 1, cloud.clock.now());
  const [message] = await storedMessages(cloud);
  const id = message!._id;
  await changeDocument(cloud.url(), 'messages', id, {
    state: 'sending',
    turn: 't',
    due: cloud.clock.now() + 9_000,
  });
  // what waits is taken out first, then what does not
  wire.onBody('planned', 2, () =>
    changeDocument(cloud.url(), 'messages', id, { state: 'planned', due: cloud.clock.now() + HOUR }),
  );
  dataOf(await cloud.call('messages.remove', { ids: [id] }, openid));
  expect(dataOf(await cloud.call('messages.inbox', {}, openid)).items).toEqual([]);
  expect(await storedMessages(cloud)).toEqual([expect.objectContaining({ state: 'done' })]);
});

it.each(['unbinding', 'binding another card'] as const)(
  'half a year of messages costs %s no request each',
  async (how) => {
    const { openid } = await enrol(cloud, 'twenty');
    const [plan] = await storedPlans(cloud);
    await fillInbox(openid, plan!.bindingId, 400, cloud.clock.now());
    const before = wire.count();
    if (how === 'unbinding') dataOf(await cloud.call('cards.unbind', {}, openid));
    else await enrol(cloud, 'debtor', { openid });
    expect(wire.count() - before).toBeLessThan(100);
    expect(await storedMessages(cloud)).toEqual([]);
  },
);

it('what has expired is not shown and not counted, also before it has been removed', async () => {
  const { openid } = await enrol(cloud, 'twenty');
  await fillInbox(openid, 'b', 1, cloud.clock.now() - 180 * DAY + 60_000);
  expect(dataOf(await cloud.call('messages.inbox', {}, openid))).toMatchObject({ unread: 1, items: [{}] });
  cloud.clock.set(cloud.clock.now() + 61_000);
  expect(dataOf(await cloud.call('messages.inbox', {}, openid))).toEqual({ unread: 0, items: [] });
  expect(dataOf(await cloud.call('messages.unread', {}, openid))).toEqual({ unread: 0 });
});
