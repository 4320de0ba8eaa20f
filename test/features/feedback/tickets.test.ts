import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MAX_FEEDBACK_TEXT, MAX_OPEN_TICKETS, MAX_READER_ENTRIES, Ticket } from '../../../contracts/feedback';
import * as v from 'valibot';
import { dataOf, startLocalCloud, type LocalCloud } from '../../support/local-cloud';
import { readDatabase } from '../support/read-database';
import { fault, tap } from '../support/readers';
import {
  askedOf,
  DAY,
  draft,
  MINUTE,
  OTHER,
  passTime,
  READER,
  send,
  sent,
  ticketOf,
  ticketsIn,
} from './support/feedback';

jest.setTimeout(120_000);

const TEXT_CHECK = 'security.msgSecCheck';
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud({ without: ['messages'] });
}, 240_000);
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const script = (more: { errcode?: number; result?: Record<string, unknown>; times?: number }) =>
  cloud.scriptOpenApi({ api: TEXT_CHECK, times: 1, ...more });
const show = async (id: string, openid = READER) =>
  dataOf(await cloud.call('feedback.show', { id }, openid)).ticket;
const list = async (openid = READER) => dataOf(await cloud.call('feedback.list', {}, openid));

describe('what a reader writes', () => {
  it('is kept once it has passed, and shown to its writer', async () => {
    const answer = await send(cloud, { text: '第一行\r\n第二行' });
    expect(answer.status).toBe('sent');
    const ticket = ticketOf(answer);
    expect(v.parse(Ticket, ticket)).toEqual(ticket);
    expect(ticket).toMatchObject({ kind: 'problem', state: 'open', via: 'app', unread: false });
    expect(ticket.entries).toEqual([
      expect.objectContaining({ from: 'reader', text: '第一行\n第二行', check: 'passed', pictures: [] }),
    ]);
    expect(await show(ticket.id)).toEqual(ticket);
    expect((await list()).tickets).toEqual([ticket]);
  });

  it('is sealed, and stands in no log', async () => {
    await sent(cloud, { text: '请保密的一句话' });
    expect(JSON.stringify(await readDatabase(cloud.url()))).not.toContain('请保密');
    expect(cloud.logs.join('\n')).not.toContain('请保密');
    expect(cloud.logs.join('\n')).not.toContain(READER);
  });

  it('is told WeChat with the openid of who wrote it', async () => {
    await sent(cloud, { text: '一句话' });
    const [asked] = cloud.outbox();
    expect(asked).toMatchObject({
      api: TEXT_CHECK,
      request: { openid: READER, scene: 2, version: 2, content: '一句话' },
    });
  });

  it('is not kept when it is rejected', async () => {
    script({ result: { suggest: 'risky', label: 20001 } });
    expect(await send(cloud)).toEqual({ status: 'rejected' });
    expect(await ticketsIn(cloud)).toEqual([]);
  });

  it.each([
    ['too long', { text: '长'.repeat(10_000) }],
    ['blank', { text: ' \n\t ' }],
    ['no text', { text: 7 }],
    ['of no kind', { kind: 'praise' }],
    ['under no id', { requestId: '' }],
    ['with too many pictures', { pictures: Array.from({ length: 5 }, () => 'cloud://a.b/c') }],
    ['with a picture from elsewhere', { pictures: ['https://example.org/a.jpg'] }],
    ['with a picture by a path', { pictures: ['cloud://a.b/../../c\n'] }],
  ])('is refused when it is %s', async (_, more) => {
    expect(await cloud.call('feedback.send', draft(more), READER)).toEqual(fault('BAD_REQUEST'));
    expect(askedOf(cloud, TEXT_CHECK)).toBe(0);
  });

  it('is counted in characters, not in units', async () => {
    const text = '𠮷'.repeat(MAX_FEEDBACK_TEXT);
    expect((await sent(cloud, { text })).entries[0]?.text).toBe(text);
  });

  it('loses halves of characters and what steers a terminal', async () => {
    const ticket = await sent(cloud, { text: 'a\u001b[2J\ud800b' });
    expect(ticket.entries[0]?.text).toBe('a [2J b');
  });
});

describe('one tap', () => {
  it('makes one ticket, however often it is repeated', async () => {
    const input = draft();
    const first = dataOf(await cloud.call('feedback.send', input, READER));
    expect(dataOf(await cloud.call('feedback.send', input, READER))).toEqual(first);
    expect(await ticketsIn(cloud)).toHaveLength(1);
    expect(askedOf(cloud, TEXT_CHECK)).toBe(1);
  });

  it('makes one ticket when it comes twice at once', async () => {
    const input = draft();
    const answers = await Promise.all([1, 2, 3].map(() => cloud.call('feedback.send', input, READER)));
    for (const answer of answers) expect(dataOf(answer)).toEqual(dataOf(answers[0]!));
    expect(await ticketsIn(cloud)).toHaveLength(1);
  });

  it('cannot be used for another text', async () => {
    const requestId = tap();
    await sent(cloud, { requestId });
    expect(await cloud.call('feedback.send', draft({ requestId, text: 'something else' }), READER)).toEqual(
      fault('BAD_REQUEST'),
    );
  });

  it('of another reader with the same id is another ticket', async () => {
    const requestId = tap();
    const [a, b] = [await sent(cloud, { requestId }), await sent(cloud, { requestId }, OTHER)];
    expect(a.id).not.toBe(b.id);
  });
});

describe('a check that cannot be had', () => {
  it.each([
    ['the reader was not here lately', { errcode: 61010 }],
    ['the mini program has asked too often', { errcode: 45009 }],
    ['WeChat is busy', { errcode: -1 }],
    ['WeChat answers something else', { result: { suggest: 'perhaps' } }],
    ['WeChat answers nothing', { result: {} }],
  ])('keeps the text unseen and is asked for again: %s', async (_, answer) => {
    script(answer);
    const kept = await send(cloud);
    expect(kept.status).toBe('unchecked');
    const { id } = ticketOf(kept);
    expect(dataOf(await cloud.order('feedback.list', {})).items).toEqual([]);
    expect(await cloud.order('feedback.show', { id })).toEqual(fault('NOT_FOUND'));
    expect(await cloud.order('feedback.reply', { id, text: 'x' })).toEqual(fault('NOT_FOUND'));
    await passTime(cloud, 2 * MINUTE);
    expect((await show(id)).entries[0]?.check).toBe('passed');
    expect(dataOf(await cloud.order('feedback.list', {})).items).toEqual([expect.objectContaining({ id })]);
  });

  it('rejects the text late: staff never see it, its writer does', async () => {
    script({ errcode: 61010 });
    script({ result: { suggest: 'risky', label: 20001 } });
    const { id } = await sent(cloud, { text: '不该有人看到' });
    await passTime(cloud, 2 * MINUTE);
    const ticket = await show(id);
    expect(ticket).toMatchObject({ state: 'closed', entries: [{ check: 'rejected', text: '不该有人看到' }] });
    for (const which of ['open', 'closed', 'review'] as const)
      expect(dataOf(await cloud.order('feedback.list', { list: which })).items).toEqual([]);
    expect(await cloud.order('feedback.show', { id })).toEqual(fault('NOT_FOUND'));
  });

  it('stops asking when WeChat takes no more at a beat', async () => {
    script({ errcode: 61010, times: 3 });
    for (let i = 0; i < 3; i++) await sent(cloud, {}, `o-many-${i}`);
    script({ errcode: 45009 });
    const before = askedOf(cloud, TEXT_CHECK);
    await passTime(cloud, 2 * MINUTE);
    expect(askedOf(cloud, TEXT_CHECK)).toBe(before + 1);
  });

  it('asks soon when the reader is back', async () => {
    script({ errcode: 61010, times: 4 });
    const { id } = await sent(cloud);
    for (let i = 0; i < 3; i++) await passTime(cloud, 10 * MINUTE);
    const before = askedOf(cloud, TEXT_CHECK);
    await passTime(cloud, MINUTE);
    expect(askedOf(cloud, TEXT_CHECK)).toBe(before);
    await show(id);
    await passTime(cloud, MINUTE);
    expect(askedOf(cloud, TEXT_CHECK)).toBe(before + 1);
    expect((await show(id)).entries[0]?.check).toBe('passed');
  });

  it('is given up after a week, and says so', async () => {
    script({ errcode: 61010, times: 100 });
    const { id } = await sent(cloud);
    for (let day = 0; day < 8; day++) await passTime(cloud, DAY);
    expect((await show(id)).entries[0]).toMatchObject({ check: 'pending', lapsed: true });
    const before = askedOf(cloud, TEXT_CHECK);
    await passTime(cloud, DAY);
    expect(askedOf(cloud, TEXT_CHECK)).toBe(before);
    expect(await cloud.order('feedback.show', { id })).toEqual(fault('NOT_FOUND'));
  });
});

describe('more of it', () => {
  it('is added to a ticket and opens it again', async () => {
    const { id } = await sent(cloud);
    dataOf(await cloud.call('feedback.close', { id }, READER));
    expect((await show(id)).state).toBe('closed');
    const input = { id, text: '还是不行', requestId: tap() };
    const answer = dataOf(await cloud.call('feedback.more', input, READER));
    expect(ticketOf(answer)).toMatchObject({ state: 'open', entries: [{}, { text: '还是不行' }] });
    expect(dataOf(await cloud.call('feedback.more', input, READER))).toEqual(answer);
    expect((await show(id)).entries).toHaveLength(2);
  });

  it('leaves room for an answer', async () => {
    const { id } = await sent(cloud);
    for (let i = 0; i < 18; i++)
      expect(
        dataOf(await cloud.call('feedback.more', { id, text: `${i}`, requestId: tap() }, READER)).status,
      ).toBe('sent');
    const full = await cloud.call('feedback.more', { id, text: 'full', requestId: tap() }, READER);
    expect(dataOf(full)).toEqual({ status: 'tooMany', what: 'entries' });
    dataOf(await cloud.order('feedback.reply', { id, text: 'the answer' }));
    expect((await show(id)).entries).toHaveLength(20);
    expect(await cloud.order('feedback.reply', { id, text: 'one more' })).toEqual(fault('BAD_REQUEST'));
  });
});

describe('how many may wait', () => {
  it('is bounded, also when they come at once', async () => {
    for (let i = 0; i < MAX_OPEN_TICKETS - 2; i++) await sent(cloud);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => send(cloud)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      'sent',
      'sent',
      'tooMany',
      'tooMany',
      'tooMany',
    ]);
    const [last] = (await list()).tickets;
    dataOf(await cloud.call('feedback.close', { id: last!.id }, READER));
    expect((await send(cloud)).status).toBe('sent');
  });

  it('is bounded in ten minutes, too', async () => {
    let answer: unknown;
    for (let i = 0; i < 61; i++) {
      answer = await cloud.call('feedback.remove', { id: 'x'.repeat(20) }, READER);
    }
    expect(answer).toEqual(fault('BUSY', true));
  });
});

describe('a reader’s list', () => {
  it('comes in pages, the one that changed last first', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) {
      cloud.clock.set(cloud.clock.now() + 1_000);
      ids.unshift((await sent(cloud, { text: `Ticket ${i}` })).id);
    }
    cloud.clock.set(cloud.clock.now() + 1_000);
    await cloud.call('feedback.more', { id: ids[11]!, text: 'more', requestId: tap() }, READER);
    const order = [ids[11]!, ...ids.slice(0, 11)];
    const first = await list();
    expect(first.tickets.map(({ id }) => id)).toEqual(order.slice(0, 10));
    const rest = dataOf(await cloud.call('feedback.list', { before: first.next! }, READER));
    expect(rest.tickets.map(({ id }) => id)).toEqual(order.slice(10));
    expect(rest.next).toBeUndefined();
  });

  it('has of texts the beginning only, so that ten of the longest fit into what a function may answer', async () => {
    const text = '书'.repeat(MAX_FEEDBACK_TEXT);
    const { id } = await sent(cloud, { text });
    for (let i = 1; i < MAX_READER_ENTRIES; i++)
      dataOf(await cloud.call('feedback.more', { id, text, requestId: tap() }, READER));
    const listed = await list();
    expect(Buffer.byteLength(JSON.stringify(listed))).toBeLessThan((1024 * 1024) / 10);
    expect(v.parse(Ticket, listed.tickets[0]).entries).toHaveLength(MAX_READER_ENTRIES);
    expect(listed.tickets[0]!.entries[0]!.text).toMatch(/^书{100,}…$/);
    expect((await show(id)).entries.map((entry) => entry.text)).toEqual(Array(MAX_READER_ENTRIES).fill(text));
    const { id: short } = await sent(cloud, { text: '开门了吗？' });
    expect((await list()).tickets.find((ticket) => ticket.id === short)?.entries[0]?.text).toBe('开门了吗？');
  });

  it('is nobody else’s', async () => {
    const { id } = await sent(cloud);
    expect((await list(OTHER)).tickets).toEqual([]);
    for (const action of ['feedback.show', 'feedback.close'] as const)
      expect(await cloud.call(action, { id }, OTHER)).toEqual(fault('NOT_FOUND'));
    const more = { id, text: 'mine now', requestId: tap() };
    expect(await cloud.call('feedback.more', more, OTHER)).toEqual(fault('NOT_FOUND'));
    expect(await cloud.call('feedback.remove', { id }, OTHER)).toEqual({ ok: true, data: {} });
    expect((await show(id)).entries).toHaveLength(1);
  });
});
