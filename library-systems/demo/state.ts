import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { Timestamp } from '../../contracts/fields';

/**
 * What the demo library must remember: since when it lends. Loans and states of
 * copies follow from this and from the catalogue.
 */
const State = v.object({ version: v.literal(1), lendingSince: Timestamp });
export type State = v.InferOutput<typeof State>;

const fileIn = (dir: string): string => path.join(dir, 'state.json');

/** @returns `undefined` before the first start; throws on a file that is not ours */
export async function readState(dir: string): Promise<State | undefined> {
  let text: string;
  try {
    text = await readFile(fileIn(dir), 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  try {
    return v.parse(State, JSON.parse(text));
  } catch (error) {
    throw new Error(`${fileIn(dir)} is not a state of the demo library; delete it to begin anew`, {
      cause: error,
    });
  }
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

/** Replaces the file in one step: after a crash there is the old one or the new one, whole. */
export async function writeState(dir: string, state: State): Promise<void> {
  await mkdir(dir, { recursive: true });
  const draft = `${fileIn(dir)}.new`;
  const file = await open(draft, 'w');
  try {
    await file.writeFile(JSON.stringify(state));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, fileIn(dir));
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
