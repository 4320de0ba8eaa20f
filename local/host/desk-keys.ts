import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

const FILE = 'keys.json';
const Keys = v.strictObject({ SHUTONG_DATA_KEYS: v.string(), SHUTONG_LOOKUP_KEY: v.string() });

/**
 * The keys of the desk for this data folder: what was sealed with them must be
 * read after the next start, so they are made once and lie beside the data,
 * readable by their owner only.
 * @returns what the functions need in their environment
 */
export function deskKeys(dataDir: string): Record<string, string> {
  const file = path.join(dataDir, FILE);
  if (existsSync(file)) {
    chmodSync(file, 0o600);
    return v.parse(Keys, JSON.parse(readFileSync(file, 'utf8')));
  }
  const key = (): string => randomBytes(32).toString('base64');
  const keys = { SHUTONG_DATA_KEYS: `k1:${key()}`, SHUTONG_LOOKUP_KEY: key() };
  mkdirSync(dataDir, { recursive: true });
  // whole or not at all: half a key file would make the data unreadable
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
  return keys;
}
