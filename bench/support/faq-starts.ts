import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { BUNDLE } from '../../tools/build-functions';
import { median, ms } from './statistics';

const STARTS = 7;
const ROOT = path.resolve(__dirname, '../..');
const FAQ = path.join(ROOT, 'cloudfunctions/features/messages/faq');
const WASM = path.join(ROOT, 'node_modules/jieba-wasm/pkg/nodejs/jieba_rs_wasm_bg.wasm');

/** One start: content read, index made, one question answered; what the first question of a process waits for. */
const START = `
  import { readFaqContent } from './content';
  import { makeAnswerer } from './make-answerer';
  const [memory, cpu, begin] = [process.memoryUsage.rss(), process.cpuUsage(), performance.now()];
  const options = {};
  if (process.argv[2] === 'jieba') {
    const jieba = require('jieba-wasm');
    options.cut = (han) => jieba.cut(han, true);
  }
  makeAnswerer(readFaqContent(), options).answer('怎么续借');
  const [wall, { user, system }] = [performance.now() - begin, process.cpuUsage(cpu)];
  console.log(JSON.stringify({ wall, cpu: (user + system) / 1000, memory: process.memoryUsage.rss() - memory }));
`;

interface Start {
  /** ms */
  wall: number;
  /** ms of processor time */
  cpu: number;
  /** bytes that the process grew by */
  memory: number;
}

/** Starts the engine in processes of their own, bundled as a function would have it; both kinds in turn. */
export async function printFaqStarts(print: (line: string) => void): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-bench-'));
  try {
    const outfile = path.join(folder, 'start.js');
    await build({
      ...BUNDLE,
      stdin: { contents: START, resolveDir: FAQ },
      outfile,
      // It reads its WASM from beside its own file.
      external: ['jieba-wasm'],
    });
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    const size = (file: string): string => `${Math.round(fs.statSync(file).size / 1024)} KB`;
    print(`engine and content in a bundle: ${size(outfile)}; jieba-wasm would add ${size(WASM)}`);
    const starts: Record<string, Start[]> = { ICU: [], jieba: [] };
    for (let start = 0; start < STARTS; start++) {
      for (const [kind, all] of Object.entries(starts)) all.push(startOnce(outfile, kind));
    }
    for (const [kind, all] of Object.entries(starts)) {
      const middle = (pick: (start: Start) => number): number => median(all.map(pick));
      const memory = (middle((start) => start.memory) / 1e6).toFixed(0);
      print(
        `start with ${kind.padEnd(6)} median of ${STARTS}: ${ms(middle(({ wall }) => wall))}, ` +
          `${ms(middle(({ cpu }) => cpu))} of CPU, ${memory} MB`,
      );
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const startOnce = (file: string, kind: string): Start =>
  JSON.parse(execFileSync(process.execPath, [file, kind], { encoding: 'utf8' })) as Start;
