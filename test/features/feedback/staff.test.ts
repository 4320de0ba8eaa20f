import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pointSdksTo } from '../../emulator/database/serve';
import { createLookup } from '../../../cloudfunctions/runtime/lookup';
import { createSealer, parseKeyRing } from '../../../cloudfunctions/runtime/sealed';
import type { Checks } from '../../../cloudfunctions/features/feedback/checks';
import { dataOf, startLocalCloud, type LocalCloud } from '../../support/local-cloud';
import { readCollection } from '../support/read-database';
import { fault, tap } from '../support/readers';
import {
  draft,
  filesIn,
  MINUTE,
  passTime,
  push,
  READER,
  sent,
  ticketsIn,
  upload,
  verdict,
} from './support/feedback';

jest.setTimeout(120_000);

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud({ without: ['messages'] });
}, 240_000);
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

const show = async (id: string) => dataOf(await cloud.call('feedback.show', { id }, READER)).ticket;
const reply = async (id: string, text = '已经处理，谢谢。') =>
  dataOf(await cloud.order('feedback.reply', { id, text }));
const list = async (which: 'open' | 'answered' | 'closed' | 'review' = 'open') =>
  dataOf(await cloud.order('feedback.list', { list: which }));
const later = (ms: number): void => cloud.clock.set(cloud.clock.now() + ms);

/** Opens a ticket as the function `messages` does for who writes to customer service. */
async function fromChat(
  text: string,
  requestId = tap(),
  answer: Awaited<ReturnType<Checks['checkText']>> = 'pass',
) {
  jest.resetModules();
  pointSdksTo(cloud.url());
  const { openTicket } = await import('../../../cloudfunctions/features/feedback/open-ticket');
  const lookup = createLookup(Buffer.from(cloud.lookupKey(), 'base64'));
  const desk = {
    ...createSealer(parseKeyRing(cloud.dataKeys())!),
    lookup,
    cardSymbology: 'code128' as const,
  };
  // its open API answers the cloud's own functions only
  const checks: Checks = {
    checkText: () => Promise.resolve(answer),
    checkPicture: () => Promise.resolve('unavailable'),
  };
  const context = { desk: () => desk, now: () => cloud.clock.now() };
  return openTicket(context, { openid: READER, kind: 'question', text, via: 'chat', requestId }, checks);
}
async function chatTicket(text = '几点关门？'): Promise<string> {
  const answer = await fromChat(text);
  if (!('ticket' in answer)) throw new Error(JSON.stringify(answer));
  return answer.ticket.id;
}
/** A reader writes to customer service: from then on WeChat takes answers for two days. */
const writeToChat = () =>
  cloud
    .callAsPlatform('messages', { FromUserName: READER, MsgType: 'text', Content: 'x', MsgId: 1 })
    .catch(() => undefined);

describe('the staff’s list', () => {
  it('has what waits, the longest waiting first, and does not say whose it is', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 22; i++) {
      later(MINUTE);
      ids.push((await sent(cloud, { text: `第 ${i} 个问题，比较长，`.repeat(6) }, `o-many-${i}`)).id);
    }
    const first = await list();
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 20));
    expect(first.counts).toEqual({ open: 22, review: 0 });
    expect([...first.items[0]!.about].length).toBe(40);
    const rest = dataOf(await cloud.order('feedback.list', { after: first.next! }));
    expect(rest.items.map(({ id }) => id)).toEqual(ids.slice(20));
    expect(rest.next).toBeUndefined();
    expect(JSON.stringify([first, rest])).not.toContain('o-many');
  });

  it('moves a ticket by whose turn it is', async () => {
    const { id } = await sent(cloud);
    expect((await list()).items).toHaveLength(1);
    await reply(id);
    expect((await list()).items).toEqual([]);
    expect((await list('answered')).items).toHaveLength(1);
    dataOf(await cloud.order('feedback.close', { id }));
    expect((await list('closed')).items).toHaveLength(1);
    expect(dataOf(await cloud.order('feedback.reopen', { id })).ticket.state).toBe('answered');
    await cloud.call('feedback.more', { id, text: '还有一点', requestId: tap() }, READER);
    expect((await list()).items).toHaveLength(1);
    dataOf(await cloud.order('feedback.close', { id }));
    expect(dataOf(await cloud.order('feedback.reopen', { id })).ticket.state).toBe('open');
  });
});

describe('an answer', () => {
  it('reaches the reader, is unread until it is opened, and is announced', async () => {
    const { id } = await sent(cloud, { text: '自助借还机在哪里？' });
    later(90 * MINUTE);
    await reply(id, '在一层大厅。');
    const listed = dataOf(await cloud.call('feedback.list', {}, READER)).tickets[0];
    expect(listed).toMatchObject({ unread: true, state: 'answered' });
    expect(await show(id)).toMatchObject({
      unread: false,
      entries: [{}, { from: 'library', text: '在一层大厅。', check: 'passed' }],
    });
    expect(dataOf(await cloud.call('feedback.list', {}, READER)).tickets[0]?.unread).toBe(false);
    const messages = await readCollection<{ _id: string; owner: string; kind: string; state: string }>(
      cloud.url(),
      'messages',
    );
    expect(messages).toEqual([
      expect.objectContaining({ owner: READER, kind: 'feedbackAnswered', state: 'planned' }),
    ]);
    // and what was announced goes with the ticket
    await cloud.call('feedback.remove', { id }, READER);
    expect(await readCollection(cloud.url(), 'messages')).toEqual([]);
  });

  it('that is ordered twice, for the first answer was lost, is one', async () => {
    const { id } = await sent(cloud);
    await reply(id);
    await reply(id);
    expect((await show(id)).entries).toHaveLength(2);
    expect(await readCollection(cloud.url(), 'messages')).toHaveLength(1);
    await reply(id, '补充一句。');
    expect((await show(id)).entries).toHaveLength(3);
    expect(await readCollection(cloud.url(), 'messages')).toHaveLength(2);
  });

  it('is sealed, and in the audit stands who gave it, not what it says', async () => {
    const { id } = await sent(cloud, { text: '秘密问题' });
    await reply(id, '秘密回答');
    const audit = await readCollection<{ _id: string; action: string; by: string }>(cloud.url(), 'audit');
    expect(audit).toEqual([expect.objectContaining({ action: 'feedback.reply', by: 'desk-1' })]);
    expect(JSON.stringify([audit, await ticketsIn(cloud)])).not.toMatch(/秘密/);
    expect(cloud.logs.join('\n')).not.toMatch(/秘密/);
  });

  it('tells others how long answers take, once there are five', async () => {
    const waits = [10, 20, 30, 40, 600];
    for (const [i, minutes] of waits.entries()) {
      const { id } = await sent(cloud, {}, `o-asker-${i}`);
      later(minutes * MINUTE);
      await reply(id);
      if (i === 3) {
        expect(dataOf(await cloud.call('feedback.list', {}, READER)).usualMinutes).toBeUndefined();
      }
    }
    later(11 * MINUTE);
    expect(dataOf(await cloud.call('feedback.list', {}, READER)).usualMinutes).toBe(30);
  });
});

describe('what WeChat’s check leaves to a human', () => {
  const review = (api: string) =>
    cloud.scriptOpenApi({ api, result: { suggest: 'review', label: 20002 }, times: 1 });

  it('is a text that staff judge, and see in no other list', async () => {
    review('security.msgSecCheck');
    const answer = dataOf(await cloud.call('feedback.send', draft({ text: '模棱两可' }), READER));
    expect(answer).toMatchObject({ status: 'unchecked', ticket: { entries: [{ check: 'pending' }] } });
    const id = (await ticketsIn(cloud))[0]!._id;
    expect((await list()).items).toEqual([]);
    expect(await list('review')).toMatchObject({ items: [{ id, about: '' }], counts: { review: 1 } });
    expect(dataOf(await cloud.order('feedback.show', { id })).ticket.entries).toEqual([
      expect.objectContaining({ place: 0, text: '模棱两可', review: true }),
    ]);
    // an answer would say that it was seen
    expect(await cloud.order('feedback.reply', { id, text: 'x' })).toEqual(fault('NOT_FOUND'));
    const judge = async (pass: boolean) =>
      dataOf(await cloud.order('feedback.judge', { id, place: 0, pass })).judged;
    expect(await judge(true)).toBe(true);
    // nothing is left to decide
    expect(await judge(false)).toBe(false);
    expect((await show(id)).entries[0]?.check).toBe('passed');
    expect((await list()).items).toHaveLength(1);
    expect((await list('review')).items).toEqual([]);
  });

  it('is rejected by a human with its pictures', async () => {
    review('security.msgSecCheck');
    const { id } = await sent(cloud, { pictures: [await upload(cloud)] });
    const [file] = await filesIn(cloud);
    await push(cloud, verdict(file!.trace, 'pass'));
    const answer = await cloud.order('feedback.judge', { id, place: 0, pass: false });
    // nothing of it is theirs to see any more
    expect(dataOf(answer).ticket.entries).toEqual([]);
    expect((await show(id)).entries[0]).toMatchObject({
      check: 'rejected',
      pictures: [{ check: 'rejected' }],
    });
    await passTime(cloud, MINUTE);
    expect(dataOf(await cloud.call('feedback.show', { id }, READER)).links).toEqual({});
    expect(await cloud.order('feedback.show', { id })).toEqual(fault('NOT_FOUND'));
  });

  it('is a picture that staff judge', async () => {
    const { id } = await sent(cloud, { pictures: [await upload(cloud), await upload(cloud)] });
    const [one, two] = await filesIn(cloud);
    await push(cloud, verdict(one!.trace, 'review'));
    await push(cloud, verdict(two!.trace, 'pass'));
    const shown = dataOf(await cloud.order('feedback.show', { id })).ticket.entries[0]!;
    expect(shown.review).toBe(false);
    expect(shown.pictures.map((each) => each.review).sort()).toEqual([false, true]);
    expect((await list('review')).items).toHaveLength(1);
    expect(dataOf(await cloud.order('feedback.judge', { id, place: 0, pass: false })).judged).toBe(true);
    expect((await list('review')).items).toEqual([]);
    const checks = (await show(id)).entries[0]!.pictures.map(({ check }) => check);
    expect(checks.sort()).toEqual(['passed', 'rejected']);
  });

  it('is nothing any more once the text with the picture has been rejected', async () => {
    cloud.scriptOpenApi({ api: 'security.msgSecCheck', errcode: 61010, times: 1 });
    const { id } = await sent(cloud, { pictures: [await upload(cloud)] });
    const [file] = await filesIn(cloud);
    await push(cloud, verdict(file!.trace, 'review'));
    expect((await list('review')).items).toHaveLength(1);
    cloud.scriptOpenApi({
      api: 'security.msgSecCheck',
      result: { suggest: 'risky', label: 20002 },
      times: 1,
    });
    await passTime(cloud, 2 * MINUTE);
    expect((await show(id)).entries[0]).toMatchObject({
      check: 'rejected',
      pictures: [{ check: 'rejected' }],
    });
    expect(await list('review')).toMatchObject({ items: [], counts: { review: 0 } });
  });

  it('is no entry that there is not', async () => {
    const { id } = await sent(cloud);
    expect(await cloud.order('feedback.judge', { id, place: 7, pass: true })).toEqual(fault('NOT_FOUND'));
    // what has passed stays so
    dataOf(await cloud.order('feedback.judge', { id, place: 0, pass: false }));
    expect((await show(id)).entries[0]?.check).toBe('passed');
  });
});

describe('what comes by customer service', () => {
  it('is a ticket like any other, once for one message', async () => {
    const id = tap();
    expect((await fromChat('几点关门？', id)).status).toBe('sent');
    expect((await fromChat('几点关门？', id)).status).toBe('sent');
    expect(dataOf(await cloud.call('feedback.list', {}, READER)).tickets).toEqual([
      expect.objectContaining({ via: 'chat', kind: 'question' }),
    ]);
    expect(await fromChat('x', tap(), 'risky')).toEqual({ status: 'rejected' });
    await expect(fromChat('长'.repeat(10_000))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('is answered there, too, while WeChat lets us, and once', async () => {
    const id = await chatTicket();
    await writeToChat();
    later(47 * 60 * MINUTE);
    const long = '答'.repeat(2_000);
    expect((await reply(id, long)).chat).toBe('sent');
    expect((await reply(id, long)).chat).toBe('unknown');
    const sends = cloud.outbox().filter(({ api }) => api === 'customerServiceMessage.send');
    expect(sends).toHaveLength(1);
    const { content } = (sends[0]!.request as { text: { content: string } }).text;
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2_048);
    expect(content).toContain('全文见小程序');
    later(2 * 60 * MINUTE);
    expect((await reply(id, '再补充')).chat).toBe('late');
  });

  it('is kept and announced when WeChat takes no message', async () => {
    const id = await chatTicket();
    expect((await reply(id)).chat).toBe('refused');
    expect(await readCollection(cloud.url(), 'messages')).toHaveLength(1);
    expect((await show(id)).entries).toHaveLength(2);
  });
});

describe('an order', () => {
  it.each(['list', 'show', 'reply', 'close', 'reopen', 'judge'])(
    'feedback.%s is the staff’s only, and has to be in form',
    async (name) => {
      const { id } = await sent(cloud);
      const action = `feedback.${name}`;
      const input = { by: 'x', id, text: 'forged', place: 0, pass: true };
      await expect(cloud.send({ action, input }, READER, 'staff')).rejects.toThrow();
      for (const bad of [undefined, {}, { ...input, by: '' }, { ...input, id: { $ne: '' }, list: 'all' }])
        expect(await cloud.callAsPlatform('staff', { action, input: bad })).toEqual(fault('BAD_REQUEST'));
      if (name !== 'list')
        expect(
          await cloud.callAsPlatform('staff', { action, input: { ...input, id: 'x'.repeat(43) } }),
        ).toEqual(fault('NOT_FOUND'));
      expect((await show(id)).entries).toHaveLength(1);
    },
  );
});
