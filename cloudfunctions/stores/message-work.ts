import * as v from 'valibot';
import { command, isDuplicate, table } from '../cloud/database';
import type { Sealer } from '../runtime/sealed';
import { openSealed } from './open-sealed';

/*
 * How far the job of messages is: three documents of a few fields. Times in ms since the epoch.
 */

const COLLECTION = 'message_work';
const CURSOR = { owner: 'shelves', purpose: `${COLLECTION}.cursor` };
const SHORTEST_PAUSE_MS = 5 * 60_000;
const LONGEST_PAUSE_MS = 2 * 3_600_000;

interface SenderDocument {
  _id: 'sender';
  pausedUntil: number;
  pauseMs: number;
}
interface ShelvesDocument {
  _id: 'shelves';
  startedAt: number;
  /** Sealed; absent when all have been looked at. */
  cursor?: string;
}
/** What the library says of itself. */
export interface LibraryFacts {
  name: string;
  timeZone: string;
}

/** Until when nothing is sent; absent when sending is allowed. `wasPaused`: no message was taken by WeChat since. */
export interface Pause {
  until?: number;
  wasPaused: boolean;
}

export async function findPause(now: number): Promise<Pause> {
  const found = await table<SenderDocument>(COLLECTION).find('sender');
  if (!found) return { wasPaused: false };
  // one that lasts longer than any was written before the clock was set back
  const isPaused = found.pausedUntil > now && found.pausedUntil <= now + LONGEST_PAUSE_MS;
  return { ...(isPaused && { until: found.pausedUntil }), wasPaused: found.pauseMs > 0 };
}

/** Sends nothing for a while, twice as long each time; of several that ask for it at once one counts. @returns until when */
export async function pauseSending(now: number): Promise<number> {
  const work = table<SenderDocument>(COLLECTION);
  const found = await work.find('sender');
  if (found && found.pausedUntil > now && found.pausedUntil <= now + LONGEST_PAUSE_MS)
    return found.pausedUntil;
  const pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, 2 * (found?.pauseMs ?? 0)));
  const pause = { pausedUntil: now + pauseMs, pauseMs };
  if (found) {
    const { pausedUntil } = found;
    await work.updateWhere({ _id: 'sender', pausedUntil }, pause);
  } else await addOnce({ _id: 'sender', ...pause });
  return pause.pausedUntil;
}

/** WeChat takes messages again: the next pause is a short one. */
export async function endPauses(now: number): Promise<void> {
  await table(COLLECTION).updateWhere(
    // a message that was under way when WeChat had enough says nothing about it
    { _id: 'sender', pausedUntil: command().lte(now) },
    { pausedUntil: 0, pauseMs: 0 },
  );
}

/** When the titles that readers watch were last begun to be looked at, and after whom to go on; `after` is absent when all were. */
export async function findShelves(
  sealer: Sealer,
): Promise<{ startedAt: number; after?: string } | undefined> {
  const found = await table<ShelvesDocument>(COLLECTION).find('shelves');
  if (!found) return undefined;
  const after = openSealed(sealer, v.string(), found.cursor, CURSOR);
  return { startedAt: found.startedAt, ...(after !== undefined && { after }) };
}

export async function keepShelves(sealer: Sealer, startedAt: number, after?: string): Promise<void> {
  await table<ShelvesDocument>(COLLECTION).put({
    ...{ _id: 'shelves', startedAt },
    ...(after !== undefined && { cursor: sealer.seal(after, CURSOR) }),
  });
}

export async function findLibraryFacts(): Promise<LibraryFacts | undefined> {
  const found = await table<LibraryFacts & { _id: string }>(COLLECTION).find('library');
  return found && { name: found.name, timeZone: found.timeZone };
}

export async function keepLibraryFacts({ name, timeZone }: LibraryFacts): Promise<void> {
  await table<LibraryFacts & { _id: string }>(COLLECTION).put({ _id: 'library', name, timeZone });
}

async function addOnce(document: SenderDocument): Promise<void> {
  try {
    await table<SenderDocument>(COLLECTION).add(document);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
