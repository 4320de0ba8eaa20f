import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The files of a database, by generation. State = the newest snapshot, then every journal from its generation on.
 * `snapshot-00000003` holds everything that was in the journals before `journal-00000003`.
 */
export interface Generations {
  snapshots: number[];
  journals: number[];
}

/** What a snapshot's name ends in until it is whole. */
export const UNFINISHED = '.unfinished';

const fileName = (kind: string, generation: number) => `${kind}-${String(generation).padStart(8, '0')}`;

export const snapshotPath = (dir: string, generation: number) => join(dir, fileName('snapshot', generation));
export const journalPath = (dir: string, generation: number) => join(dir, fileName('journal', generation));

export async function listGenerations(dir: string): Promise<Generations> {
  await mkdir(dir, { recursive: true });
  const names = await readdir(dir);
  const numbers = (kind: string) =>
    names
      .map((name) => new RegExp(`^${kind}-(\\d{8})$`).exec(name)?.[1])
      .filter((digits) => digits !== undefined)
      .map(Number)
      .sort((a, b) => a - b);
  return { snapshots: numbers('snapshot'), journals: numbers('journal') };
}

/** Snapshots that a crash cut short before they got their name. */
export async function listUnfinished(dir: string): Promise<string[]> {
  return (await readdir(dir)).filter((name) => name.endsWith(UNFINISHED)).map((name) => join(dir, name));
}

/** Makes creations, renamings and deletions in a folder durable. */
export async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
