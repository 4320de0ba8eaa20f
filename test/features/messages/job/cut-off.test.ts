import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { LocalCloud } from '../../../support/local-cloud';
import { makeRandom } from '../../../support/loan-years';
import { startCountingWire, type Cut } from '../../support/counting-wire';
import { READERS, type ReaderName } from '../../support/readers';
import {
  beatAt,
  begin,
  enrol,
  HOUR,
  inboxOf,
  ledgerOf,
  loanOf,
  MINUTE,
  MORNING,
  NIGHT,
  passMorning,
  passNight,
  sends,
  startMessageCloud,
  storedMessages,
  type ScriptedLibrary,
} from './support/message-cloud';

jest.setTimeout(600_000);

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

const DAY = 24 * HOUR;
const anyOf = (count: number): number => Math.floor(Math.random() * count);
/** The local date so many days after the first day of the tests. */
const dateAfter = (days: number): string =>
  new Date(Date.parse('2026-11-25T12:00Z') + days * DAY).toISOString().slice(0, 10);

/** What was sent, by reader and what it was about. */
const sent = (): string[] =>
  sends(cloud).map(({ request }) => {
    const { touser, data } = request as { touser: string; data: { thing1: { value: string } } };
    return `${touser} ${data.thing1.value}`;
  });

describe('a lost answer of WeChat', () => {
  it.each(['before', 'after'] as const)('%s it has the message leaves it unknown, once', async (cut) => {
    await begin(cloud, library);
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 2 } });
    library.loans.set(ref, [loanOf('1', '2026-11-28')]);
    await passNight(cloud);
    if (cut === 'after') wire.dropAnswerOf('subscribeMessage.send');
    else wire.onBody('subscribeMessage.send', 1, () => Promise.reject(new Error('cut')));
    await passMorning(cloud);
    for (let i = 0; i < 3; i++) await beatAt(cloud);
    expect(sends(cloud)).toHaveLength(cut === 'after' ? 1 : 0);
    expect(await inboxOf(cloud, openid)).toMatchObject([{ state: 'done', delivery: 'unknown' }]);
    expect(await ledgerOf(cloud, openid, 'dueSoon')).toMatchObject({ claimed: 2, spent: 1, held: 0 });
  });
});

/**
 * One day after the other with another loan that is due, something happening at another request of the morning each time.
 * A run takes one request of each `step`, another one each time: over some runs it is all of them.
 */
async function disturbEachRequest(
  cut: Cut,
  step: number,
  disturb: () => Promise<void> | undefined,
): Promise<void> {
  await begin(cloud, library);
  const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 500 } });
  const morningRequests = async (day: number): Promise<number> => {
    const before = wire.count();
    await passMorning(cloud, MORNING + day * DAY);
    return wire.count() - before;
  };
  // what the other jobs ask, and this one when there is nothing to tell
  await passNight(cloud, NIGHT - DAY);
  const first = (await morningRequests(-1)) - 4;
  library.loans.set(ref, [loanOf('d0', dateAfter(3))]);
  await passNight(cloud, NIGHT);
  const requests = await morningRequests(0);
  expect(requests - first).toBeGreaterThan(20);
  let disturbed = 0;
  let days = 0;
  for (let request = first + anyOf(step); request <= requests; request += step) {
    const n = ++days;
    library.loans.set(ref, [loanOf(`d${n}`, dateAfter(n + 3))]);
    await passNight(cloud, NIGHT + n * DAY);
    let over: Promise<void> | undefined;
    let happened = false;
    wire.at(request, cut, () => {
      happened = true;
      over = disturb();
    });
    await beatAt(cloud, MORNING + n * DAY).catch(() => undefined);
    wire.quiet();
    await over;
    if (happened) disturbed++;
    for (const minutes of [2, 4, 6]) await beatAt(cloud, MORNING + n * DAY + minutes * MINUTE);
    const about = sent().filter((one) => one.includes(`书d${n}》`));
    const inbox = (await inboxOf(cloud, openid)).filter(({ body }) =>
      JSON.stringify(body).includes(`"d${n}"`),
    );
    expect({ request, inbox: inbox.length, states: inbox.map(({ state }) => state) }).toEqual({
      request,
      inbox: 1,
      states: ['done'],
    });
    const { delivery } = inbox[0]!;
    expect({ request, sent: about.length, delivery }).toEqual(
      delivery === 'sent'
        ? { request, sent: 1, delivery }
        : { request, sent: about.length > 0 ? 1 : 0, delivery: 'unknown' },
    );
  }
  // some mornings need a request or two less
  expect(disturbed).toBeGreaterThan(days - 5);
  const ledger = await ledgerOf(cloud, openid, 'dueSoon');
  expect(ledger).toMatchObject({ held: 0, spent: days + 1 });
}

it('killed at any request of the morning, it tells each thing once', async () => {
  await disturbEachRequest('before', 3, () => cloud.restart());
});

it('with the answer to any request of the morning lost, it tells each thing once', async () => {
  await disturbEachRequest('after', 4, () => undefined);
});

it('killed ten times at random by night and by day, nobody is told twice and nobody is forgotten', async () => {
  await begin(cloud, library);
  const names = Object.keys(READERS).filter((who) => who !== 'lost' && who !== 'expired') as ReaderName[];
  const people = new Map<string, string>();
  for (const who of names) {
    const { openid, ref } = await enrol(cloud, who, { credits: { dueSoon: 3, overdue: 3 } });
    library.loans.set(ref, [
      loanOf(`${who}-soon`, '2026-11-28'),
      loanOf(`${who}-late`, '2026-11-20', { overdue: true }),
    ]);
    people.set(openid, who);
  }
  const random = makeRandom(20_261_125);
  let kills = 0;
  const disturbedBeat = async (now: number): Promise<void> => {
    let restarted: Promise<void> | undefined;
    // by day an idle beat has some twenty requests, so that it is hit now and then, too
    wire.at(1 + Math.floor(random() * 80), random() < 0.5 ? 'before' : 'after', () => {
      kills++;
      restarted = cloud.restart();
    });
    await beatAt(cloud, now).catch(() => undefined);
    wire.quiet();
    await restarted;
  };
  for (let i = 0; i < 4; i++) await disturbedBeat(NIGHT + i * 2 * MINUTE);
  for (let i = 0; i < 120 && kills < 10; i++) await disturbedBeat(MORNING + i * 2 * MINUTE);
  expect(kills).toBe(10);
  for (let i = 0; i < 6; i++) await beatAt(cloud, MORNING + 5 * HOUR + i * 2 * MINUTE);

  const all = sent();
  expect(new Set(all).size).toBe(all.length);
  const messages = await storedMessages(cloud);
  expect(messages).toHaveLength(2 * people.size);
  for (const { state, delivery, at } of messages) {
    expect({ state, isTold: at !== undefined }).toEqual({ state: 'done', isTold: true });
    expect(['sent', 'unknown']).toContain(delivery);
  }
  const count = (delivery: string): number => messages.filter((one) => one.delivery === delivery).length;
  // of what nobody knows some were sent and some were not
  expect(all.length).toBeGreaterThanOrEqual(count('sent'));
  expect(all.length).toBeLessThanOrEqual(count('sent') + count('unknown'));
  for (const openid of people.keys()) {
    for (const kind of ['dueSoon', 'overdue'] as const) {
      expect(await ledgerOf(cloud, openid, kind)).toMatchObject({ spent: 1, held: 0 });
    }
  }
});
