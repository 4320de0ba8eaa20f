import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { buildNpm } from '../../tools/build-npm';

/**
 * Packs the components from npm when they are missing or older than what names them. Not each time: two
 * servers that start at once would take the files away from under each other.
 */
export async function prepareNpm(root: string): Promise<void> {
  const app = path.join(root, 'miniprogram');
  const packed = await changedAt(path.join(app, 'miniprogram_npm'));
  const names = (await readdir(app, { recursive: true })).filter(
    (name) => name.endsWith('.json') && !name.startsWith('miniprogram_npm'),
  );
  const sources = [...names.map((name) => path.join(app, name)), path.join(root, 'package-lock.json')];
  const newest = Math.max(...(await Promise.all(sources.map(changedAt))));
  if (newest > packed) await buildNpm();
}

/** Milliseconds since the epoch; 0 for what is not there. */
const changedAt = async (file: string): Promise<number> =>
  (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
