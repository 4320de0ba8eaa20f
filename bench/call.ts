/**
 * catalog.search as a client meets it: POST /call → emulator → function in a
 * worker → signed request → gateway → demo library, one call after the other.
 * Reference in the same run: system.capabilities, the same way without the
 * library's work. Target for searching: median < 10 ms, p95 < 30 ms.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startShutong } from '../test/emulator/support/start-shutong';
import { median, ms, percentile, ratio } from './support/statistics';

const CALLS = 400;
const WARM_UP = 30;
const TEXTS = [
  '三体',
  '红楼梦',
  'hongloumeng',
  '算法',
  '操作系统',
  'history of',
  '刘慈欣',
  '三休',
  'TP311',
  '978-7-5366-9293-0',
  '心理',
  'great gatsby',
  '中国 历史',
  '哲學',
  'sjjg',
];

type Answer = { ok: boolean };

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-bench-'));
  const shutong = await startShutong(['--data-dir', folder]);
  try {
    const search = (index: number) =>
      call(shutong.url, 'catalog.search', { text: TEXTS[index % TEXTS.length] });
    const empty = () => call(shutong.url, 'system.capabilities', {});
    for (let i = 0; i < WARM_UP; i++) await Promise.all([search(i), empty()]);
    const times = { search: [] as number[], empty: [] as number[] };
    for (let i = 0; i < CALLS; i++) {
      times.empty.push(await time(empty));
      times.search.push(await time(() => search(i)));
    }
    print('system.capabilities through /call (reference)', times.empty, times.empty);
    print('catalog.search through /call', times.search, times.empty);
  } finally {
    shutong.process.kill('SIGTERM');
    await shutong.ended;
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function call(url: string, action: string, input: unknown): Promise<void> {
  const response = await fetch(`${url}/call`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ function: 'reader', openid: 'o-bench', event: { action, input } }),
  });
  const answer = (await response.json()) as Answer;
  if (!answer.ok) throw new Error(`${action} answered ${JSON.stringify(answer)}`);
}

async function time(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function print(name: string, times: readonly number[], reference: readonly number[]): void {
  const p95 = ms(percentile(times, 0.95));
  const middle = median(times);
  const line = `${name}: ${times.length} calls, median ${ms(middle)}, p95 ${p95}, ${ratio(middle, median(reference))}`;
  process.stdout.write(`${line}\n`);
}

void main();
