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

/** Runs an installed tool by its name, as the npm scripts do. */
export function runTool(name: string, args: string[], options: { cwd?: string; input?: string } = {}): Ended {
  const { status, stdout, stderr, error } = spawnSync(path.join(ROOT, 'node_modules/.bin', name), args, {
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
