import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder, UNFINISHED } from './data-folder';
import { encodeValue } from './ejson';
import { formatLine, readLines } from './journal-lines';
import type { Document } from './values';

/** A collection as it stands, in natural order. The documents never change, so they may be written later. */
export interface CollectionState {
  name: string;
  documents: Document[];
}

export type SnapshotLine = { collection: string } | { documents: unknown[] } | { end: number };

const DOCUMENTS_PER_LINE = 500;

function* snapshotLines(state: CollectionState[]): Generator<string> {
  let lines = 0;
  for (const { name, documents } of state) {
    yield formatLine(JSON.stringify({ collection: name }));
    lines++;
    for (let i = 0; i < documents.length; i += DOCUMENTS_PER_LINE) {
      const block = documents.slice(i, i + DOCUMENTS_PER_LINE).map(encodeValue);
      yield formatLine(`{"documents":[${block.join(',')}]}`);
      lines++;
    }
  }
  yield formatLine(JSON.stringify({ end: lines }));
}

/** Writes the whole state beside its place and moves it there when it is safely on the disk. */
export async function writeSnapshot(path: string, state: CollectionState[]): Promise<void> {
  const unfinished = `${path}${UNFINISHED}`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    // Awaiting each block lets requests be answered while a large snapshot is written.
    for (const line of snapshotLines(state)) await file.appendFile(line);
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(unfinished, { force: true });
    throw error;
  }
  await file.close();
  await rename(unfinished, path);
  await syncFolder(dirname(path));
}

/** @throws Error if the snapshot is damaged: it was complete when it got its name */
export async function readSnapshot(path: string, apply: (line: SnapshotLine) => void): Promise<void> {
  let lines = 0;
  let complete = false;
  for await (const line of readLines(path)) {
    if (!line.ok) break;
    const content = JSON.parse(line.json) as SnapshotLine;
    complete = 'end' in content && content.end === lines;
    if (!('end' in content)) apply(content);
    lines++;
  }
  if (!complete) {
    throw new Error(
      `The database snapshot ${path} is damaged. Restore the folder from a backup, or start with an empty database: npm start -- --reset`,
    );
  }
}
