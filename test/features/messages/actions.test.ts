import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { MessageBody } from '../../../contracts/messages/body';
import type { ReaderAction } from '../../../contracts';
import { MESSAGE_KINDS, type Moment } from '../../../contracts/messages/kinds';
import { createSealer, parseKeyRing } from '../../../cloudfunctions/runtime/sealed';
import { dataOf, startLocalCloud, type LocalCloud } from '../../support/local-cloud';
import { addDocuments, readDatabase } from '../support/read-database';
import { bind, fault, tap } from '../support/readers';

jest.setTimeout(120_000);

const LOANS = 'template-for-loans-1';
const HOLDS = 'template-for-holds-1';
const ME = 'o-reader-1';
const OTHER = 'o-reader-2';
const START = Date.parse('2026-11-20T09:00:00+08:00');
const BODY: MessageBody = {
  kind: 'dueSoon',
  books: [{ title: '史记', loanId: 'l1', dueAt: '2026-11-28' }],
  total: 1,
};

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud();
}, 120_000);
afterAll(() => cloud.stop());
beforeEach(async () => {
  await cloud.reset();
  const templates = [
    { id: LOANS, kinds: ['dueSoon' as const, 'overdue' as const], fields: { thing1: 'title' as const } },
    { id: HOLDS, kinds: ['holdReady' as const], fields: { thing1: 'title' as const } },
  ];
  dataOf(await cloud.order('messages.templates', { settings: { templates } }));
});

const idOf = (openid: string, n: number): string => `${openid}-message-${String(n).padStart(4, '0')}`;

/** Messages as the job tells them. */
async function tellMany(openid: string, count: number): Promise<string[]> {
  const ring = parseKeyRing(cloud.dataKeys())!;
  const sealer = createSealer(ring);
  const documents = Array.from({ length: count }, (_, i) => {
    const _id = idOf(openid, i);
    const at = START + i * 60_000;
    return {
      ...{ _id, owner: openid, kind: 'dueSoon', rank: 3, state: 'done', tries: 1, at, asOf: at - 5_000 },
      body: sealer.seal(BODY, { owner: _id, purpose: 'messages.body' }),
      place: `${String(at).padStart(14, '0')}.${_id}`,
      ...{ read: false, delivery: 'noCredit', expiresAt: at + 86_400_000 * 180 },
    };
  });
  await addDocuments(cloud.url(), 'messages', documents);
  return documents.map(({ _id }) => _id);
}

const inbox = async (openid = ME, before?: string) =>
  dataOf(await cloud.call('messages.inbox', before === undefined ? {} : { before }, openid));
const unread = async (openid = ME) => dataOf(await cloud.call('messages.unread', {}, openid)).unread;
const settings = async (openid = ME) => dataOf(await cloud.call('messages.settings', {}, openid));
const granted = (
  answers: { template: string; answer: 'accept' | 'reject' | 'ban' | 'filter' }[],
  {
    openid = ME,
    requestId = tap(),
    moment = 'loans',
  }: Partial<Record<'openid' | 'requestId', string>> & { moment?: Moment } = {},
) => cloud.call('messages.granted', { moment, language: 'zh-CN', answers, requestId }, openid);
const creditsOf = async (kind: string, openid = ME) =>
  (await settings(openid)).kinds.find((one) => one.kind === kind)?.credits;

describe('the inbox', () => {
  it('shows what was told, newest first, page by page', async () => {
    await tellMany(ME, 45);
    const first = await inbox();
    expect(first.items).toHaveLength(20);
    expect(first.unread).toBe(45);
    expect(first.items[0]).toEqual({
      id: idOf(ME, 44),
      at: new Date(START + 44 * 60_000).toISOString(),
      asOf: new Date(START + 44 * 60_000 - 5_000).toISOString(),
      ...{ body: BODY, read: false, delivery: 'noCredit' },
    });
    const second = await inbox(ME, first.next);
    const third = await inbox(ME, second.next);
    expect(third.next).toBeUndefined();
    const ids = [...first.items, ...second.items, ...third.items].map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 45 }, (_, i) => idOf(ME, 44 - i)));
  });

  it('is of its own reader, whatever another names', async () => {
    const ids = await tellMany(ME, 3);
    expect(await inbox(OTHER)).toEqual({ items: [], unread: 0 });
    const { items, next = '99999999999999.x' } = await inbox(OTHER, `${'9'.repeat(14)}.z`);
    expect({ items, next }).toEqual({ items: [], next: '99999999999999.x' });
    dataOf(await cloud.call('messages.markRead', { ids }, OTHER));
    dataOf(await cloud.call('messages.remove', { ids }, OTHER));
    dataOf(await cloud.call('messages.markRead', { until: '2027-01-01T00:00:00Z' }, OTHER));
    expect(await unread()).toBe(3);
    expect((await inbox()).items).toHaveLength(3);
  });

  it('keeps unread what came while the reader was reading', async () => {
    await tellMany(ME, 5);
    const until = (await inbox()).items[2]!.at;
    expect(dataOf(await cloud.call('messages.markRead', { until }, ME))).toEqual({ unread: 2 });
    expect(dataOf(await cloud.call('messages.markRead', { ids: [idOf(ME, 4)] }, ME))).toEqual({ unread: 1 });
    expect((await inbox()).items.map(({ read }) => read)).toEqual([true, false, true, true, true]);
  });

  it('forgets what the reader removes', async () => {
    await tellMany(ME, 3);
    expect(
      dataOf(await cloud.call('messages.remove', { ids: [idOf(ME, 1), 'no-such-message-at-all'] }, ME)),
    ).toEqual({
      unread: 2,
    });
    expect((await inbox()).items.map(({ id }) => id)).toEqual([idOf(ME, 2), idOf(ME, 0)]);
    const kept = JSON.stringify((await readDatabase(cloud.url()))['messages']);
    expect(kept.match(/"body"/g)).toHaveLength(2);
  });

  it('takes no calls that cannot be meant', async () => {
    const ids = Array.from({ length: 101 }, (_, i) => idOf(ME, i));
    for (const [action, input] of [
      ['messages.inbox', { before: 'x'.repeat(101) }],
      ['messages.inbox', { before: { $gt: '' } }],
      ['messages.markRead', { ids }],
      ['messages.markRead', { ids: [] }],
      ['messages.markRead', { ids: [{ $ne: '' }] }],
      ['messages.markRead', { until: 'soon' }],
      ['messages.markRead', { ids: [idOf(ME, 1)], until: '2026-11-21T00:00:00Z' }],
      ['messages.remove', {}],
      ['messages.switch', { kind: 'news', on: false }],
      ['messages.granted', { moment: 'loans', language: 'zh-CN', answers: [], requestId: tap() }],
    ] as [ReaderAction, unknown][]) {
      expect(await cloud.send({ action, input }, ME)).toEqual(fault('BAD_REQUEST'));
    }
  });
});

describe('message settings', () => {
  it('say of each kind whether it is sent, and how many more are allowed', async () => {
    const { kinds, quiet, asking, lookedAt } = await settings();
    expect(kinds.map(({ kind }) => kind)).toEqual([...MESSAGE_KINDS]);
    expect(kinds.every(({ on }) => on)).toBe(true);
    expect(kinds.find(({ kind }) => kind === 'dueSoon')).toEqual({
      ...{ kind: 'dueSoon', on: true, template: LOANS, credits: 0 },
    });
    expect(kinds.find(({ kind }) => kind === 'recalled')).toEqual({ kind: 'recalled', on: true });
    expect(quiet).toEqual({ from: '22:00', until: '08:00' });
    expect(asking).toBe('noCard');
    expect(lookedAt).toBeUndefined();
  });

  it('say whether the library can be asked', async () => {
    await bind(cloud, 'twenty', ME);
    expect((await settings()).asking).toBe('always');
    await cloud.restart();
    cloud.link.set('offline');
    expect((await settings()).asking).toBe('away');
  });

  it('switch a kind off and on again, for this reader only', async () => {
    const off = dataOf(await cloud.call('messages.switch', { kind: 'dueSoon', on: false }, ME));
    expect(off.kinds.filter(({ on }) => !on).map(({ kind }) => kind)).toEqual(['dueSoon']);
    expect((await settings(OTHER)).kinds.every(({ on }) => on)).toBe(true);
    const on = dataOf(await cloud.call('messages.switch', { kind: 'dueSoon', on: true }, ME));
    expect(on.kinds.every((one) => one.on)).toBe(true);
  });
});

describe('what a reader taps', () => {
  it('is allowed for all kinds that share the template, once a tap', async () => {
    const answers = [{ template: LOANS, answer: 'accept' as const }];
    const requestId = tap();
    const after = dataOf(await granted(answers, { requestId }));
    expect(after.kinds.find(({ kind }) => kind === 'overdue')?.credits).toBe(1);
    dataOf(await granted(answers, { requestId }));
    dataOf(await granted([...answers, ...answers], { requestId }));
    expect(await creditsOf('dueSoon')).toBe(1);
    dataOf(await granted(answers));
    expect(await creditsOf('dueSoon')).toBe(2);
    expect(await creditsOf('dueSoon', OTHER)).toBe(0);
  });

  it.each(['reject', 'ban', 'filter'] as const)('allows nothing with %s', async (answer) => {
    dataOf(await granted([{ template: LOANS, answer }]));
    expect(await creditsOf('dueSoon')).toBe(0);
    expect((await readDatabase(cloud.url()))['message_credits']).toEqual([]);
  });

  it('keeps nothing about templates that the library has not set up, or are not asked for then', async () => {
    dataOf(
      await granted([
        { template: 'invented-by-a-client-0001', answer: 'accept' },
        // asked for when a hold is placed
        { template: HOLDS, answer: 'accept' },
      ]),
    );
    expect((await readDatabase(cloud.url()))['message_credits']).toEqual([]);
    dataOf(await granted([{ template: HOLDS, answer: 'accept' }], { moment: 'settings' }));
    expect(await creditsOf('holdReady')).toBe(1);
  });

  it('is bounded, however often it is claimed', async () => {
    let outcome: Awaited<ReturnType<typeof granted>> | undefined;
    for (let i = 0; i < 201; i++) outcome = await granted([{ template: LOANS, answer: 'accept' }]);
    expect(outcome).toEqual(fault('BUSY', true));
    expect(await creditsOf('dueSoon')).toBe(50);
  });

  it('goes with all that is kept when the reader erases it', async () => {
    dataOf(await granted([{ template: LOANS, answer: 'accept' }]));
    dataOf(await cloud.call('messages.switch', { kind: 'overdue', on: false }, ME));
    await tellMany(ME, 2);
    await tellMany(OTHER, 1);
    const exported = dataOf(await cloud.call('privacy.export', {}, ME));
    expect(JSON.stringify(exported)).toContain('史记');
    dataOf(await cloud.call('privacy.erase', { confirm: true }, ME));
    const database = await readDatabase(cloud.url());
    for (const name of ['message_credits', 'message_preferences']) expect(database[name]).toEqual([]);
    expect(database['messages']).toHaveLength(1);
  });
});

it('logs no reader, no title and no template', async () => {
  await tellMany(ME, 1);
  await inbox();
  dataOf(await granted([{ template: LOANS, answer: 'accept' }]));
  expect(cloud.logs.join('\n')).not.toMatch(/o-reader-1|史记|template-for-loans/);
});
