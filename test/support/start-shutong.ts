import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { bundleProgram } from './bundle-program';

const ROOT = path.resolve(__dirname, '../..');

export interface Shutong {
  url: string;
  process: ChildProcess;
  /** Resolves with the code or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
  errors: () => string;
}

interface Spawned {
  process: ChildProcess;
  ended: Shutong['ended'];
  ready: Promise<string>;
  errors: () => string;
  output: () => string;
}

/** Runs `local/start.ts`, compiled before, so that the process that we kill is the server itself. */
export async function spawnStart(args: string[]): Promise<Spawned> {
  const program = await bundleProgram(path.join(ROOT, 'local/start.ts'));
  const child = spawn(process.execPath, [program, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [errors, output] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  const ready = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`;
      const url = /^Shutong is ready at (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1];
      if (url) resolve(url);
    });
  });
  return { process: child, ended, ready, errors: () => errors, output: () => output };
}

/** Starts the whole of it and waits until it serves. */
export async function startShutong(args: string[]): Promise<Shutong> {
  const { process: child, ended, ready, errors } = await spawnStart(['--port', '0', '--no-watch', ...args]);
  const failed = ended.then((code) => {
    throw new Error(`ended with ${String(code)} before it was ready:\n${errors()}`);
  });
  const url = await Promise.race([ready, failed]);
  failed.catch(() => undefined);
  return { url, process: child, ended, errors };
}
