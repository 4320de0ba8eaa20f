import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CONSENT_VERSION } from '../../../contracts/cards';
import { startShutong, type Shutong } from '../../support/start-shutong';
import { soundRows, toCsvText, toTable } from './support/bank';
import { run } from './support/staff';

const FRESHMAN = { cardNumber: '2026110021', pin: '206495' };

describe('the orders of staff on the local cloud', () => {
  let folder: string;
  let shutong: Shutong;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shutong-staff-'));
    shutong = await startShutong(['--data-dir', path.join(folder, 'data')]);
  }, 120_000);
  afterAll(async () => {
    shutong.process.kill();
    await shutong.ended;
    await rm(folder, { recursive: true });
  });

  const order = (...argv: string[]) => run([...argv, '--local', shutong.url, '--by', '馆员甲']);
  const post = async (address: string, body: unknown): Promise<unknown> => {
    const response = await fetch(`${shutong.url}${address}`, { method: 'POST', body: JSON.stringify(body) });
    return response.json();
  };
  const call = async (action: string, input: unknown = {}): Promise<Record<string, unknown>> => {
    const event = { action, input };
    const answer = (await post('/call', { function: 'reader', openid: 'o-freshman', event })) as {
      data?: unknown;
    };
    return answer.data as Record<string, unknown>;
  };
  const readerCode = async (): Promise<string> => (await call('onboarding.overview'))['readerCode'] as string;
  const standing = async (): Promise<unknown> => (await call('onboarding.overview'))['standing'];
  const bind = () =>
    call('cards.bind', { method: 'pin', answers: FRESHMAN, consentVersion: CONSENT_VERSION });

  it('finds the bank and the settings that npm start has put in, and the same after a reset', async () => {
    for (let i = 0; i < 2; i++) {
      const { out, error } = await order('settings');
      expect(JSON.parse(out)).toMatchObject({
        requiredOf: [{ readerTypes: ['UG', 'PG'], fromEntryYear: 2026 }],
      });
      expect(error).toMatch(/Bank: \d{3} questions/);
      const paper = await order('preview', '--seed', 'x');
      expect(paper.out.match(/^\d+\. /gm)).toHaveLength(20);
      expect((await order('preview', '--seed', 'x')).out).toBe(paper.out);
      await post('/local/reset', {});
    }
  }, 120_000);

  it('lets a reader off and asks it of them again, gives time, and knows no other code', async () => {
    await bind();
    expect(await standing()).toBe('required');
    const code = await readerCode();
    expect((await order('waive', code.toLowerCase(), '--reason', '转学生')).code).toBe(0);
    expect(await standing()).toBe('waived');
    expect((await order('waive', code, '--off', '--reason', '弄错了')).code).toBe(0);
    expect(await standing()).toBe('required');
    expect((await order('extra-time', code, '15', '--reason', '视障')).code).toBe(0);
    const unknown = await order('waive', '0000-0000-0000', '--reason', 'x');
    expect([unknown.code, unknown.error]).toEqual([1, expect.stringContaining('no such reader')]);
    const stats = await order('stats');
    expect(stats.out).toContain('1\t0 (0%)\t0\t2026级\t历史学院');
  });

  it('publishes a bank from a spreadsheet once, draws papers from it, and goes back to the one before', async () => {
    const file = path.join(folder, 'bank.csv');
    await writeFile(file, toCsvText(toTable(soundRows())));
    const published = await order('import', file);
    expect(published.out).toContain('Published: 160 questions');
    const [, before = ''] = /--version ([a-f0-9]{16})/.exec(published.error) ?? [];
    const kept = path.join(folder, 'before.xlsx');
    expect((await order('export-bank', kept, '--version', before)).code).toBe(0);
    expect((await order('import', kept)).out).toContain(`version ${before}`);
    const own = path.join(folder, 'own.xlsx');
    expect((await order('export-bank', own)).code).toBe(0);
    expect((await order('import', own)).out).toContain('Unchanged');
    expect((await order('import', file)).out).toContain('Published: 160 questions');
    expect((await order('import', file)).out).toContain('Unchanged');
    expect((await order('preview')).out).toMatch(/item-\d+/);
    const out = path.join(folder, 'passes.csv');
    expect((await order('export', '--out', out, '--reason', '统计')).out).toContain('0 readers');
    expect(await readFile(out, 'utf8')).toContain('reader_code');
  });

  it('is refused to whoever calls as a reader', async () => {
    const event = { action: 'onboarding.settings', input: { by: 'x' } };
    expect(await post('/call', { function: 'staff', openid: 'o-freshman', event })).not.toHaveProperty(
      'data',
    );
  });
});
