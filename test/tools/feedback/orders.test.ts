import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runOrder } from '../../../tools/feedback/run-order';
import type { StaffOutput } from '../../../tools/staff/call-staff';
import { CUT, fault, ok, startFakeStaff, type FakeStaff } from '../../support/fake-staff';

type Shown = StaffOutput<'feedback.show'>;

const ID = 'A'.repeat(43);
const shown = (over: Partial<Shown['ticket']> = {}): Shown => ({
  ticket: {
    ...{ id: ID, kind: 'question', state: 'open', via: 'chat', at: '2026-11-21T02:00:00.000Z' },
    ...{ waiting: 1, unchecked: 0 },
    entries: [
      {
        ...{
          place: 0,
          from: 'reader',
          at: '2026-11-21T02:00:00.000Z',
          text: '几点关门？\n\u001b[2J周日呢？',
        },
        ...{
          review: true,
          pictures: [
            { fileId: 'cloud://a/1', review: true },
            { fileId: 'cloud://a/2', review: false },
          ],
        },
      },
    ],
    ...over,
  },
  links: { 'cloud://a/1': 'https://files.example/1' },
});
const item = (id: string): StaffOutput<'feedback.list'>['items'][number] => ({
  ...{ id, kind: 'problem', state: 'open', via: 'app', about: '坏了\u001b[2J' },
  ...{ at: '2026-11-21T02:00:00.000Z', since: '2026-11-21T03:00:00.000Z' },
});

describe('the orders about what readers write', () => {
  let cloud: FakeStaff;
  afterEach(() => cloud.close());

  async function order(acts: Parameters<typeof startFakeStaff>[0], ...argv: string[]) {
    cloud = await startFakeStaff(acts);
    const [out, errors]: [string[], string[]] = [[], []];
    const code = await runOrder([...argv, '--local', cloud.url, '--by', '馆员甲'], {
      env: {},
      out: (line) => out.push(line),
      error: (line) => errors.push(line),
      ask: () => Promise.resolve(undefined),
      now: () => Date.parse('2026-11-21T12:00:00+08:00'),
      interruption: () => new AbortController().signal,
    });
    return {
      code,
      out: out.join('\n'),
      errors: errors.join('\n'),
      inputs: cloud.orders.map(({ input }) => input),
    };
  }

  it('list what waits, page by page, and nothing that steers a terminal', async () => {
    const counts = { open: 2, review: 1 };
    const { code, out, errors, inputs } = await order(
      {
        'feedback.list': (input: { after?: string }) =>
          ok(
            input.after === undefined
              ? { items: [item('one-ticket-of-them')], next: 'after one', counts }
              : { items: [item('two-ticket-of-them')], counts },
          ),
      },
      'list',
    );
    expect(code).toBe(0);
    expect(inputs).toEqual([
      { by: '馆员甲', list: 'open' },
      { by: '馆员甲', list: 'open', after: 'after one' },
    ]);
    expect(out).toContain('one-ticket-of-them  problem / 问题反馈, open / 待回复');
    expect(out).toContain('2026-11-21 11:00:00 +08:00  坏了 [2J');
    expect(out).toContain('two-ticket-of-them');
    expect(errors).toContain('2 tickets to answer, 1 to judge / 待回复 2 个，待人工判断 1 个');
  });

  it('show a ticket with its pictures and what is to be judged', async () => {
    const { code, out } = await order({ 'feedback.show': () => ok(shown()) }, 'show', ID);
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      `${ID}  question / 提问, open / 待回复, by customer service / 来自客服会话`,
      '1. reader / 读者, 2026-11-21 10:00:00 +08:00  [to be judged] / 〔待人工判断〕',
      '   几点关门？',
      '   [2J周日呢？',
      '   picture / 图片 [to be judged] / 〔待人工判断〕: https://files.example/1',
      '   picture / 图片: cannot be shown now / 暂时无法显示',
      'texts and pictures still being checked: 1 / 还有 1 条文字或图片正在检查',
    ]);
  });

  it('show how much WeChat could not check', async () => {
    const lapsed = shown({ waiting: 0, unchecked: 2 });
    const { out } = await order({ 'feedback.show': () => ok(lapsed) }, 'show', ID);
    expect(out).not.toContain('still being checked');
    expect(out.split('\n').at(-1)).toBe(
      'texts and pictures that WeChat could not check: 2; the reader can send them again / 还有 2 条文字或图片微信没能检查，读者可以重新发送',
    );
  });

  it('reply, by text or by file, and say what became of the chat', async () => {
    const acts = {
      'feedback.show': () => ok(shown()),
      'feedback.reply': () => ok({ ...shown({ state: 'answered' }), chat: 'late' }),
    };
    const first = await order(acts, 'reply', ID, '--text', '22:00。');
    expect(first.inputs.at(-1)).toEqual({ by: '馆员甲', id: ID, text: '22:00。' });
    expect(first.errors).toContain('more than 48 hours ago');
    await cloud.close();
    const folder = mkdtempSync(path.join(os.tmpdir(), 'shutong-reply-'));
    try {
      writeFileSync(path.join(folder, 'reply.txt'), '\ufeff第一行\r\n第二行\n');
      const second = await order(acts, 'reply', ID, '--file', path.join(folder, 'reply.txt'));
      expect(second.inputs.at(-1)).toMatchObject({ text: '第一行\n第二行' });
      await cloud.close();
      const missing = await order(acts, 'reply', ID, '--file', path.join(folder, 'none.txt'));
      expect(missing).toMatchObject({ code: 1, inputs: [] });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('close, reopen and judge', async () => {
    const acts = {
      'feedback.close': () => ok(shown()),
      'feedback.reopen': () => ok(shown()),
      'feedback.judge': ({ pass }: { pass?: boolean }) => ok({ ...shown(), judged: pass !== true }),
    };
    expect((await order(acts, 'close', ID)).inputs).toEqual([{ by: '馆员甲', id: ID }]);
    await cloud.close();
    expect((await order(acts, 'reopen', ID)).code).toBe(0);
    await cloud.close();
    expect((await order(acts, 'judge', ID, '2', '--reject')).inputs).toEqual([
      { by: '馆员甲', id: ID, place: 1, pass: false },
    ]);
    await cloud.close();
    const again = await order(acts, 'judge', ID, '2', '--pass');
    expect(again).toMatchObject({ code: 0, errors: expect.stringContaining('待判断的内容，保持原样') });
  });

  it('take an id that begins with a hyphen', async () => {
    for (const id of [`-${ID.slice(1)}`, `--${ID.slice(2)}`, `-b${ID.slice(2)}`]) {
      const acts = {
        'feedback.show': () => ok(shown()),
        'feedback.judge': () => ok({ ...shown(), judged: true }),
      };
      expect((await order(acts, 'show', id)).inputs).toEqual([{ by: '馆员甲', id }]);
      await cloud.close();
      expect((await order(acts, 'judge', id, '1', '--pass')).inputs).toMatchObject([{ id, place: 0 }]);
      await cloud.close();
    }
    cloud = await startFakeStaff({});
  });

  it('say what is wrong beside the ticket', async () => {
    const unquoted = await order({}, 'reply', ID, '--text', 'It', 'is', 'open.');
    expect(unquoted.errors).toContain('is open. (a text of several words stands in quotes)');
    await cloud.close();
    expect((await order({}, 'judge', ID, '--pass')).errors).toContain('which entry?');
    await cloud.close();
    const none = await order({ 'feedback.judge': () => fault('NOT_FOUND') }, 'judge', ID, '9', '--pass');
    expect(none.errors).toContain('没有这个序号的一条');
  });

  it.each([
    [['list', 'all']],
    [['list', 'open', 'closed']],
    [['show']],
    [['show', 'short']],
    [['show', ID, ID]],
    [['reply', ID]],
    [['reply', ID, '--text', ' ']],
    [['reply', ID, '--text', 'x', '--file', 'y']],
    [['reply', ID, '--text', 'x'.repeat(2_501)]],
    [['judge', ID, '1']],
    [['judge', ID, '0', '--pass']],
    [['judge', ID, '1', '--pass', '--reject']],
    [['praise', ID]],
  ])('say how they are used: %j', async (argv) => {
    const { code, errors, inputs } = await order({}, ...argv);
    expect({ code, inputs }).toEqual({ code: 2, inputs: [] });
    expect(errors).toMatch(/\p{sc=Han}/u);
  });

  it('say when a ticket is not there, and when it is not known whether an answer was given', async () => {
    const missing = await order({ 'feedback.show': () => fault('NOT_FOUND') }, 'show', ID);
    expect(missing.code).toBe(1);
    expect(missing.errors).toContain('没有这个工单');
    await cloud.close();
    const lost = await order(
      { 'feedback.show': () => ok(shown()), 'feedback.reply': () => CUT },
      ...['reply', ID, '--text', 'x'],
    );
    expect(lost.code).toBe(3);
    expect(lost.errors).toContain('it is not known whether it was done');
  });
});
