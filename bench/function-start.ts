/**
 * How long a function's bundle takes to load, beside a bundle that holds
 * nothing but wx-server-sdk as it comes (ours loads the SDKs' modules on first
 * use, ADR 19). Each start is a process of its own; they alternate, so that a
 * noisy moment hits all. Target: ≤ 1 × the bare SDK.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { BUNDLE, buildFunctions } from '../tools/build-functions';
import { median, ms, ratio } from './support/statistics';

const STARTS = 31;
const ROOT = path.resolve(__dirname, '..');
/** Parts of the reader that load on first use, not at start. */
const ON_FIRST_USE = {
  'client of the gateway': 'library-systems/gateway/index.ts',
  'opening hours, with time zones': 'cloudfunctions/features/library/show-hours.ts',
  'ISBN ranges and publishers': 'cloudfunctions/features/catalog/describe-isbn.ts',
};

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-bench-'));
  try {
    const bare = path.join(folder, 'bare.js');
    await build({
      ...BUNDLE,
      plugins: [],
      stdin: { contents: "import cloud from 'wx-server-sdk'; export const sdk = cloud;", resolveDir: ROOT },
      outfile: bare,
    });
    await buildFunctions({ outDir: path.join(folder, 'functions') });
    const publicFile = path.join(folder, 'functions/public/index.js');
    const reader = path.join(folder, 'functions/reader/index.js');
    const messages = path.join(folder, 'functions/messages/index.js');
    const times = {
      bare: [] as number[],
      public: [] as number[],
      reader: [] as number[],
      messages: [] as number[],
    };
    for (let start = 0; start < STARTS; start++) {
      times.bare.push(timeRequire(bare));
      times.public.push(timeRequire(publicFile));
      times.reader.push(timeRequire(reader));
      times.messages.push(timeRequire(messages));
    }
    print('wx-server-sdk alone (reference)', bare, times.bare, times.bare);
    print('public', publicFile, times.public, times.bare);
    print('reader', reader, times.reader, times.bare);
    print('messages', messages, times.messages, times.bare);
    for (const [name, file] of Object.entries(ON_FIRST_USE)) {
      const lazy = path.join(folder, 'lazy.js');
      await build({ ...BUNDLE, entryPoints: [path.join(ROOT, file)], outfile: lazy });
      const loads = Array.from({ length: STARTS }, () => timeRequire(lazy));
      process.stdout.write(`on first use: ${name}: ${ms(median(loads))}, ${kilobytes(lazy)}\n`);
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Milliseconds that require() of a bundle takes in a new process with a cloud function's environment. */
function timeRequire(file: string): number {
  const script = `const t = performance.now(); require(${JSON.stringify(file)}); process.stdout.write('\\n' + (performance.now() - t))`;
  const environment = {
    PATH: process.env['PATH'],
    TENCENTCLOUD_RUNENV: 'SCF',
    LIBRARY_GATEWAY_URL: 'http://127.0.0.1:9',
    LIBRARY_GATEWAY_KEY_ID: 'bench',
    LIBRARY_GATEWAY_KEY: 'x'.repeat(32),
    SHUTONG_DATA_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    SHUTONG_LOOKUP_KEY: Buffer.alloc(32, 2).toString('base64'),
  };
  const output = execFileSync(process.execPath, ['-e', script], {
    env: environment,
    encoding: 'utf8',
  });
  return Number(output.slice(output.lastIndexOf('\n') + 1));
}

function print(name: string, file: string, times: readonly number[], reference: readonly number[]): void {
  const middle = `median of ${times.length} starts ${ms(median(times))}`;
  process.stdout.write(
    `${name}: ${middle}, ${ratio(median(times), median(reference))}, ${kilobytes(file)}\n`,
  );
}

const kilobytes = (file: string): string => `${Math.round(fs.statSync(file).size / 1024)} KB`;

void main();
