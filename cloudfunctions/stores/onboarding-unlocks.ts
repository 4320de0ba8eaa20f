import type { UNLOCK_STATES } from '../../contracts/onboarding';
import { command, isDuplicate, table } from '../cloud/database';
import { transaction } from '../cloud/transaction';
import type { Sealer } from '../runtime/sealed';
import type { Also } from './announce-to-card';
import { KEPT_FOR } from './onboarding-readers';
import { openSealed } from './open-sealed';
import * as v from 'valibot';

export const COLLECTION = 'onboarding_unlocks';
const REF = `${COLLECTION}.ref`;
/** How long whoever asks the library has for it before another may: longer than any call lives. In ms. */
const TURN_MS = 70_000;

/** That the library is to open borrowing for a reader, and how far that is. Times in ms. */
export interface UnlockDocument {
  /** Key of the reader. */
  _id: string;
  state: (typeof UNLOCK_STATES)[number];
  /** Names the pass or the waiver that it rests on. */
  key: string;
  /** The library's reference of the reader, sealed; only while it is under way. */
  ref?: string;
  tries: number;
  /** Refusals one after the other. */
  refusals: number;
  /** From when on it is to be tried. */
  nextAt: number;
  /** Whether the library's own system was told. */
  opened?: boolean;
  /** The library's words, where it refused. */
  libraryText?: string;
  createdAt: number;
  expiresAt: number;
}

export function describeUnlock(
  sealer: Sealer,
  { readerKey, patronRef, key }: { readerKey: string; patronRef: string; key: string },
  now: number,
): UnlockDocument {
  return {
    _id: readerKey,
    state: 'unlocking',
    key,
    ref: sealer.seal(patronRef, { owner: readerKey, purpose: REF }),
    tries: 0,
    refusals: 0,
    nextAt: now,
    createdAt: now,
    expiresAt: now + KEPT_FOR,
  };
}

export const findUnlock = (readerKey: string): Promise<UnlockDocument | undefined> =>
  table<UnlockDocument>(COLLECTION).find(readerKey);

/** Puts it in the list, unless it stands there in whatever state. */
export async function addUnlock(unlock: UnlockDocument): Promise<void> {
  try {
    await table<UnlockDocument>(COLLECTION).add(unlock);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

/** Takes one that failed out of the list, so that it can be ordered anew. */
export async function dropFailedUnlock(readerKey: string): Promise<void> {
  await table(COLLECTION).removeWhere({ _id: readerKey, state: 'failed' });
}

/** @returns undefined when it cannot be read any more */
export const patronRefOf = (sealer: Sealer, { _id, ref }: UnlockDocument): string | undefined =>
  openSealed(sealer, v.string(), ref, { owner: _id, purpose: REF });

/** What is to be tried now, the longest waiting first. */
export async function listDueUnlocks(now: number, limit: number): Promise<string[]> {
  const where = { state: 'unlocking', nextAt: command().lte(now) };
  const found = await table<UnlockDocument>(COLLECTION).findPage({
    where,
    by: 'nextAt',
    limit,
    fields: ['state'],
  });
  return found.map(({ _id }) => _id!);
}

/** Takes a turn: of all who want one at a time, one gets it. @returns the entry as it was taken */
export async function takeTurn(readerKey: string, now: number): Promise<UnlockDocument | undefined> {
  const found = await findUnlock(readerKey);
  if (found?.state !== 'unlocking' || found.nextAt > now) return undefined;
  const { nextAt, tries } = found;
  const turn = { nextAt: now + TURN_MS, tries: tries + 1 };
  const where = { _id: readerKey, state: 'unlocking', nextAt, tries };
  return (await table(COLLECTION).updateWhere(where, turn)) > 0 ? { ...found, ...turn } : undefined;
}

export type UnlockEnd =
  | { state: 'unlocked'; opened: boolean }
  | { state: 'failed'; libraryText?: string }
  | { state: 'unlocking'; nextAt: number; refusals: number; libraryText?: string };

/**
 * Writes down what came of a turn. What has been opened meanwhile stays so, and but for an opening a turn that was
 * taken over says nothing any more.
 */
export async function endTurn({ _id, tries }: UnlockDocument, end: UnlockEnd, also?: Also): Promise<void> {
  const { remove } = command();
  const said = 'libraryText' in end ? end.libraryText : remove();
  const change = {
    ...{ ...end, libraryText: said },
    ...(end.state !== 'unlocking' && { ref: remove() }),
  };
  if (also && end.state === 'unlocked') {
    return transaction(async (tables) => {
      const found = await tables<UnlockDocument>(COLLECTION).find(_id);
      if (found?.state !== 'unlocking') return;
      await tables(COLLECTION).update(_id, change);
      await also(tables);
    });
  }
  await table(COLLECTION).updateWhere(
    { _id, state: 'unlocking', ...(end.state !== 'unlocked' && { tries }) },
    change,
  );
}

/** States by reader. */
export async function findUnlockStates(
  readerKeys: readonly string[],
): Promise<Map<string, UnlockDocument['state']>> {
  const found = await table<UnlockDocument>(COLLECTION).findAll({ _id: command().in(readerKeys) });
  return new Map(found.map(({ _id, state }) => [_id, state]));
}
