/**
 * How long a function's bundle takes to load, beside a bundle that holds
 * nothing but wx-server-sdk as it comes (ours loads the SDKs' modules on first
 * use, ADR 19). Each start is a process of its own; they alternate, so that a
 * noisy moment hits all. Target: ≤ 1 × the bare SDK. Then the same to the first
 * answer of an instance in the emulator, which is what a reader waits for: the
 * worker's start, loading, and what the first question to the database makes
 * the SDK load; beside a function that is nothing but that question.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { BUNDLE, buildFunctions } from '../tools/build-functions';
import schema from '../cloudfunctions/schema.json';
import rules from '../cloudfunctions/function-rules.json';
import { ShiftableClock } from '../local/clock';
import { startEmulator } from '../local/emulator';
import type { DatabaseSchema } from '../local/emulator/database';
import { median, ms, ratio } from './support/statistics';

const STARTS = 31;
const ROOT = path.resolve(__dirname, '..');
/** Parts of the reader that load on first use, not at start. */
const ON_FIRST_USE = {
  'client of the gateway': 'library-systems/gateway/index.ts',
  'opening hours, with time zones': 'cloudfunctions/features/library/show-hours.ts',
  'ISBN ranges and publishers': 'cloudfunctions/features/catalog/describe-isbn.ts',
};

const KEYS = {
  LIBRARY_GATEWAY_URL: 'http://127.0.0.1:9',
  LIBRARY_GATEWAY_KEY_ID: 'bench',
  LIBRARY_GATEWAY_KEY: 'x'.repeat(32),
  SHUTONG_DATA_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  SHUTONG_LOOKUP_KEY: Buffer.alloc(32, 2).toString('base64'),
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
    await timeFirstAnswers(folder);
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
  const environment = { PATH: process.env['PATH'], TENCENTCLOUD_RUNENV: 'SCF', ...KEYS };
  const output = execFileSync(process.execPath, ['-e', script], {
    env: environment,
    encoding: 'utf8',
  });
  return Number(output.slice(output.lastIndexOf('\n') + 1));
}

/** One question to the database, with the SDK as it comes. */
const QUESTION = `
import cloud from 'wx-server-sdk';
import { init } from '@cloudbase/node-sdk';
export const main = async () => {
  cloud.getWXContext();
  return (await init({ env: 'local' }).database().collection('bindings').where({ _id: 'none' }).get()).data;
};`;

async function timeFirstAnswers(folder: string): Promise<void> {
  const functionsDir = path.join(folder, 'functions');
  await build({
    ...BUNDLE,
    plugins: [],
    stdin: { contents: QUESTION, resolveDir: ROOT },
    outfile: path.join(functionsDir, 'bare/index.js'),
  });
  const emulator = await startEmulator({
    ...{ dataDir: path.join(folder, 'cloud'), functionsDir, schema: schema as DatabaseSchema, rules },
    ...{ clock: new ShiftableClock(), functionEnv: KEYS, log: () => undefined },
  });
  const calls = {
    bare: () => emulator.callAsPlatform({ function: 'bare', event: {} }),
    public: () => ask('public', 'onboarding.verify', { code: 'ABCD-EFGH-JKMN-PQRS' }),
    reader: () => ask('reader', 'messages.unread', {}),
  };
  const ask = async (name: string, action: string, input: object): Promise<void> => {
    const answer = await emulator.callAsClient({
      function: name,
      openid: 'o-bench',
      event: { action, input },
    });
    if ((answer as { ok?: boolean }).ok !== true) throw new Error(JSON.stringify(answer));
  };
  const times = { bare: [] as number[], public: [] as number[], reader: [] as number[] };
  for (let start = 0; start < STARTS; start++) {
    for (const name of ['bare', 'public', 'reader'] as const) {
      await emulator.reset();
      const began = performance.now();
      await calls[name]();
      times[name].push(performance.now() - began);
    }
  }
  await emulator.close();
  for (const [name, all] of Object.entries(times)) {
    const words = name === 'bare' ? 'a question with the SDK as it comes (reference)' : name;
    process.stdout.write(
      `first answer of an instance: ${words}: ${ms(median(all))}, ${ratio(median(all), median(times.bare))}\n`,
    );
  }
}

function print(name: string, file: string, times: readonly number[], reference: readonly number[]): void {
  const middle = `median of ${times.length} starts ${ms(median(times))}`;
  process.stdout.write(
    `${name}: ${middle}, ${ratio(median(times), median(reference))}, ${kilobytes(file)}\n`,
  );
}

const kilobytes = (file: string): string => `${Math.round(fs.statSync(file).size / 1024)} KB`;

void main();
