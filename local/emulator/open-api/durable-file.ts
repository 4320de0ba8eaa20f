import { closeSync, fdatasyncSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Replaces a small file as a whole; it has survived a crash when this returns. */
export function replaceFile(file: string, text: string): void {
  const draft = `${file}.draft`;
  const fd = openSync(draft, 'w');
  writeSync(fd, text);
  fdatasyncSync(fd);
  closeSync(fd);
  renameSync(draft, file);
  const dir = openSync(path.dirname(file), 'r');
  fsyncSync(dir);
  closeSync(dir);
}
