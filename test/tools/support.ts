import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');

export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

interface Options {
  cwd?: string;
  input?: string;
}

/** Runs an installed tool by its name, as the npm scripts do. */
export const runTool = (name: string, args: string[], options: Options = {}): Ended =>
  run(path.join(ROOT, 'node_modules/.bin', name), args, options);

/** Runs a script of ours that was made by `bundleProgram`. */
export const runProgram = (script: string, args: string[]): Ended =>
  run(process.execPath, [script, ...args], {});

function run(command: string, args: string[], options: Options): Ended {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: options.cwd ?? ROOT,
    input: options.input ?? '',
    encoding: 'utf8',
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** Writes a small tree of files into a new temporary folder. */
export function writeTree(files: Record<string, string>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-tools-'));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
  return folder;
}
