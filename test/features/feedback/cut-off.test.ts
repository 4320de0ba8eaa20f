import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { dataOf, startLocalCloud, type LocalCloud } from '../../support/local-cloud';
import { startCountingWire } from '../support/counting-wire';
import {
  DAY,
  draft,
  filesIn,
  MINUTE,
  passTime,
  picture,
  push,
  sent,
  ticketOf,
  ticketsIn,
  upload,
  verdict,
} from './support/feedback';

jest.setTimeout(600_000);

/** After so long a holder that was killed keeps nobody waiting, by whatever clock, ms. */
const LEASE = 16_000;
let cloud: LocalCloud;
let wire: Awaited<ReturnType<typeof startCountingWire>>;

beforeAll(async () => {
  cloud = await startLocalCloud({ without: ['messages'] });
  wire = await startCountingWire(() => cloud.url());
  await cloud.restart({ TCB_CONTEXT_CNFG: JSON.stringify({ URL: wire.url }) });
}, 240_000);
afterAll(async () => {
  await wire.close();
  await cloud.stop();
});

const anyOf = (count: number): number => Math.floor(Math.random() * count);

/** Kills everything at the so-manieth request of a call. @returns whether the call was killed by it */
async function killedAt(
  request: number,
  cut: 'before' | 'after',
  call: () => Promise<unknown>,
): Promise<boolean> {
  let restarted: Promise<void> | undefined;
  wire.at(request, cut, () => {
    restarted = cloud.restart();
  });
  const ended = await call().then(
    () => 'ended',
    () => 'killed',
  );
  wire.quiet();
  await restarted;
  if (restarted) cloud.clock.set(cloud.clock.now() + LEASE);
  return restarted !== undefined && ended === 'killed';
}

it('sending that is killed anywhere and done again makes one ticket with its picture, which is checked', async () => {
  let kills = 0;
  // every other request of it, until there is none of that number; in another run the others
  for (let request = 1 + anyOf(2); ; request += 2) {
    const openid = `o-cut-${request}`;
    const pictures = [await upload(cloud, picture(), openid)];
    const input = draft({ pictures });
    const cut = anyOf(2) === 0 ? 'before' : 'after';
    const killed = await killedAt(request, cut, () => cloud.call('feedback.send', input, openid));
    const answer = dataOf(await cloud.call('feedback.send', input, openid));
    expect({ request, cut, status: answer.status }).toEqual({ request, cut, status: 'sent' });
    const { id, entries } = ticketOf(answer);
    expect(entries).toHaveLength(1);
    expect(entries[0]!.pictures).toHaveLength(1);
    if (!killed) break;
    kills++;
    await cloud.beat();
    const own = (await filesIn(cloud)).filter(({ owner }) => owner === openid);
    expect(own).toEqual([expect.objectContaining({ ticket: id, state: 'pending' })]);
    expect(await push(cloud, verdict(own[0]!.trace, 'pass'))).toBe('taken');
    expect((await ticketsIn(cloud)).filter(({ owner }) => owner === openid)).toHaveLength(1);
  }
  expect(kills).toBeGreaterThan(5);
});

it('erasing that is killed anywhere and done again leaves nothing, in the storage either', async () => {
  let kills = 0;
  const kept: string[] = [];
  for (let request = 1; ; request += 5) {
    const openid = `o-erase-${request}`;
    const pictures = [await upload(cloud, picture(), openid), await upload(cloud, picture(), openid)];
    const ticket = await sent(cloud, { pictures }, openid);
    kept.push(await upload(cloud, picture(), openid));
    kept.push(...ticket.entries[0]!.pictures.map(({ fileId }) => fileId));
    const cut = request % 2 === 0 ? 'before' : 'after';
    const killed = await killedAt(request, cut, () => cloud.call('privacy.erase', { confirm: true }, openid));
    if (killed) dataOf(await cloud.call('privacy.erase', { confirm: true }, openid));
    expect(JSON.stringify([await ticketsIn(cloud), await filesIn(cloud)])).not.toContain(openid);
    if (!killed) break;
    kills++;
  }
  expect(kills).toBeGreaterThan(5);
  await passTime(cloud, DAY + 6 * MINUTE);
  await passTime(cloud, 2 * MINUTE);
  const { pointSdksTo } = await import('../../emulator/database/serve');
  jest.resetModules();
  pointSdksTo(cloud.url());
  const { linksTo } = await import('../../../cloudfunctions/cloud/storage');
  expect([...(await linksTo(kept, 60)).keys()]).toEqual([]);
  const left = (await filesIn(cloud)).filter(({ state }) => state === 'doomed');
  expect(left).toEqual([]);
});
