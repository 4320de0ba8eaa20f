import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runOrder } from '../../../tools/messages/run-order';
import type { StaffOutput } from '../../../tools/staff/call-staff';
import { fault, ok, startFakeStaff, type FakeStaff } from '../../support/fake-staff';

const EXAMPLE = path.join(__dirname, '../../../docs/messages/templates.example.json');
const NONE = { templates: [], opens: 'formal', accounts: {}, wechatDesk: false };
const status = (over: Partial<StaffOutput<'messages.status'>> = {}): StaffOutput<'messages.status'> => ({
  asOf: '2026-11-21T02:00:00.000Z',
  counts: [],
  set: [],
  ...{ readers: 120, askedToday: 118, failing: 0, lastAskedAt: '2026-11-21T01:30:00.000Z' },
  pushes: 3,
  ...over,
});

let staff: FakeStaff;
let folder: string;
let stored: unknown = NONE;
let shown = status();

beforeEach(async () => {
  stored = NONE;
  shown = status();
  folder = await mkdtemp(path.join(tmpdir(), 'shutong-messages-'));
  staff = await startFakeStaff({
    'messages.templates': ({ settings }: { settings?: unknown }) => {
      stored = settings ?? stored;
      return ok({ settings: stored });
    },
    'messages.status': () => ok(shown),
  });
});
afterEach(async () => {
  await staff.close();
  await rm(folder, { recursive: true });
});

async function run(argv: string[], answer?: string, env: Record<string, string> = {}) {
  const [out, error]: [string[], string[]] = [[], []];
  const code = await runOrder(argv, {
    env,
    out: (line) => out.push(line),
    error: (line) => error.push(line),
    ask: () => Promise.resolve(answer),
    now: () => Date.parse('2026-11-21T10:00:00+08:00'),
    interruption: () => new AbortController().signal,
  });
  return { code, out: out.join('\n'), error: error.join('\n') };
}
const order = (...argv: string[]) => run([...argv, '--local', staff.url, '--by', '馆员甲']);
const file = async (content: unknown): Promise<string> => {
  const name = path.join(folder, 'templates.json');
  await writeFile(name, typeof content === 'string' ? content : JSON.stringify(content));
  return name;
};

describe('messages:templates', () => {
  it('shows what there is, and which kinds stay in the inbox', async () => {
    const { code, out, error } = await order('templates');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(NONE);
    expect(error).toContain('With a template: none / 有模板：无');
  });

  it('puts a file in, and not a second time', async () => {
    expect((await order('templates', EXAMPLE)).code).toBe(0);
    const again = await order('templates', EXAMPLE);
    expect(again.out).toContain('Unchanged');
    expect(staff.orders.filter(({ input }) => input['settings'])).toHaveLength(1);
  });

  it('checks a file without a cloud', async () => {
    const { code, out, error } = await run(['templates', EXAMPLE, '--dry-run']);
    expect(code).toBe(0);
    expect(out).toContain('The file is sound');
    expect(error).toContain('In the inbox only: none');
    expect((await run(['templates', '--dry-run'])).code).toBe(1);
    expect(staff.orders).toEqual([]);
  });

  it('says what is wrong with a file, in both languages, and changes nothing', async () => {
    const template = { id: 'template-for-loans-1', kinds: ['dueSoon'], fields: { thing1: 'title' } };
    for (const [content, said] of [
      ['{', '不是正确的 JSON'],
      [{ templates: [{ ...template, id: 'x' }] }, '应为后台显示的模板 ID'],
      [{ templates: [{ ...template, fields: { number1: 'date' } }] }, '内容与字段类型不符'],
      [{ templates: [{ ...template, fields: { text1: 'title' } }] }, '应为字段名'],
      [{ templates: [template, { ...template, id: 'template-for-loans-2' }] }, '一种消息只能用一个模板'],
      [{ templates: [{ ...template, kinds: ['news'] }] }, '之一'],
      [{ template: [] }, '没有这个设置'],
      [{ templates: [{ id: template.id }] }, '缺少这一项'],
    ] as const) {
      const { code, error } = await order('templates', await file(content));
      expect([code, error]).toEqual([1, expect.stringContaining(said)]);
    }
    expect(stored).toBe(NONE);
  });

  it('tells a file that is not there from one that is no JSON', async () => {
    const { code, error } = await order('templates', path.join(folder, 'none.json'));
    expect([code, error]).toEqual([1, expect.stringContaining('none.json cannot be read (ENOENT)')]);
  });

  it('puts the invented ids of the example into no cloud of a library', async () => {
    const { code, error } = await run(['templates', EXAMPLE, '--env', 'library-1', '--yes'], undefined, {
      TENCENTCLOUD_SECRETID: 'x',
      TENCENTCLOUD_SECRETKEY: 'y',
    });
    expect([code, error]).toEqual([1, expect.stringContaining('请换成微信后台显示的模板 ID')]);
  });

  it('understands no other command line', async () => {
    for (const argv of [
      ['templates', 'a', 'b'],
      ['status', 'x'],
      ['status', '--days', '0'],
      ['send'],
      ['status', '--days', 'x'],
    ])
      expect((await order(...argv)).code).toBe(2);
    expect((await run([])).out).toContain('npm run messages:ORDER');
  });
});

describe('messages:status', () => {
  it('says what looks as if it were not set up', async () => {
    expect((await order('status')).out).toContain('3 pushes of WeChat’s in the last 24 hours');
    expect((await order('status')).out).not.toMatch(/trigger|message push/);
    const { lastAskedAt: _, ...never } = status({ late: 2, pushes: 0 });
    shown = never;
    const { out } = await order('status');
    expect(out).toContain('2 messages should have gone out half an hour ago or longer');
    expect(out).toContain('夜间由云函数 jobs 的定时触发器询问');
    expect(out).toContain('请检查消息推送设置');
  });

  it('counts, and says what there is to mend', async () => {
    shown = status({
      counts: [
        { kind: 'dueSoon', delivery: 'sent', count: 900 },
        { kind: 'dueSoon', delivery: 'failed', errcode: 47003, count: 3 },
        { kind: 'overdue', delivery: 'failed', errcode: -604101, count: 2 },
        { kind: 'overdue', delivery: 'failed', errcode: 99999, count: 1 },
        { kind: 'overdue', delivery: 'failed', errcode: 45009, count: 7 },
        { kind: 'holdReady', delivery: 'noCredit', count: 4 },
      ],
      set: ['dueSoon', 'overdue'],
      failing: 2,
      pausedUntil: '2026-11-21T02:05:00.000Z',
    });
    const { code, out } = await order('status', '--days', '30');
    expect(code).toBe(0);
    expect(out).toContain('917 messages in 30 days / 最近 30 天共 917 条消息');
    expect(out).toContain('900  due soon: sent / 即将到期：已发送');
    expect(out).toContain('To mend, 47003 (3): a field is not as the template has it');
    expect(out).toContain('需处理 -604101（2 条）：云函数 jobs 没有发送权限');
    expect(out).toContain('To mend, 99999 (1): look this number up');
    expect(out).toContain('To mend, 45009 (7): WeChat took no more');
    expect(out).toContain('nothing is sent until 2026-11-21 10:05:00 +08:00');
    expect(out).toContain('About 2 readers the library’s system did not answer when it was last asked');
    expect(out).not.toContain('session');
    expect(out).toContain('Without a template, in the inbox only: recalled');
    expect(staff.orders.at(-1)?.input).toEqual({ by: '馆员甲', days: 30 });
  });

  it('is quiet where all is well, and prints JSON', async () => {
    const { out } = await order('status');
    expect(out).toContain('0 messages in 7 days');
    expect(out).not.toMatch(/To mend|nothing is sent|did not answer/);
    expect(JSON.parse((await order('status', '--json')).out)).toEqual(shown);
  });

  it('says so when the cloud knows no such order', async () => {
    await staff.close();
    staff = await startFakeStaff({ 'messages.status': () => fault('NOT_FOUND') });
    const { code, error } = await order('status');
    expect([code, error]).toEqual([1, expect.stringContaining('knows nothing of messages')]);
  });
});
