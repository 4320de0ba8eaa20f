import { setTimeout as pause } from 'node:timers/promises';
import type { LibrarySystem } from '../../../library-systems/library-system';
import { LibraryFault } from '../../../library-systems/library-fault';
import type { Desk } from '../../runtime/context';
import { announceToCard, type Also } from '../../stores/announce-to-card';
import {
  endTurn,
  patronRefOf,
  takeTurn,
  type UnlockDocument,
  type UnlockEnd,
} from '../../stores/onboarding-unlocks';

/** What the call needs; the job has no reader. */
export interface Opener {
  library(): Promise<LibrarySystem>;
  desk(): Desk;
  now(): number;
}

const MINUTE = 60_000;
/** So long a library that does not answer is asked again. */
const GIVE_UP_AFTER = 3 * 24 * 60 * MINUTE;
const LONGEST_PAUSE = 60 * MINUTE;
/** A refusal may pass (a card that is being made anew); so many in a row do not. */
const MOST_REFUSALS = 5;
/** Longest that handing in waits for the library, ms. */
const IN_TIME = 5_000;

/**
 * Asks the library once to open borrowing for a reader, if that is to be done now and nobody else is at it.
 * @param options.unseen its reader is not there, and is told when it is opened
 * @returns what came of it; undefined when there was nothing to do
 */
export async function openBorrowing(
  context: Opener,
  readerKey: string,
  { unseen = false } = {},
): Promise<UnlockEnd | undefined> {
  const unlock = await takeTurn(readerKey, context.now());
  if (!unlock) return undefined;
  let end: UnlockEnd;
  try {
    end = await ask(context, unlock);
  } catch (error) {
    // a defect of ours is tried again no longer than a library that does not answer
    await endTurn(unlock, later(unlock, 0, context.now()));
    throw error;
  }
  const tells = unseen && end.state === 'unlocked' && end.opened;
  await endTurn(unlock, end, tells ? tellOpened(context, unlock) : undefined);
  return end;
}

/** The same at the end of a call that must not wait for long. What is not done then, the job does. */
export async function openBorrowingInTime(context: Opener, readerKey: string): Promise<void> {
  const waiting = new AbortController();
  const asking = openBorrowing(context, readerKey).catch(() => undefined);
  await Promise.race([
    asking,
    pause(IN_TIME, undefined, { signal: waiting.signal, ref: false }).catch(() => {}),
  ]);
  waiting.abort();
}

/** Whoever has the card bound learns that they can borrow now; of a waiver there is no paper to show. */
function tellOpened(context: Opener, unlock: UnlockDocument): Also | undefined {
  const desk = context.desk();
  const patronRef = patronRefOf(desk, unlock);
  if (patronRef === undefined || unlock.key.startsWith('waiver-')) return undefined;
  const body = { kind: 'onboardingResult' as const, attempt: unlock.key, passed: true, opened: true };
  return announceToCard(desk, { patronRef, body, subject: `${unlock.key} opened` }, context.now());
}

async function ask(context: Opener, unlock: UnlockDocument): Promise<UnlockEnd> {
  const ref = patronRefOf(context.desk(), unlock);
  // sealed with a key that is gone: the reader's next visit could not help either, the library has to
  if (ref === undefined) return { state: 'failed' };
  try {
    const { patrons } = await context.library();
    if (!patrons?.openBorrowing) return { state: 'unlocked', opened: false };
    const answer = await patrons.openBorrowing({ ref }, unlock.key);
    if ('done' in answer) return { state: 'unlocked', opened: true };
    return afterRefusal(unlock, answer.denied.libraryText, context.now());
  } catch (error) {
    if (error instanceof LibraryFault) return later(unlock, 0, context.now());
    throw error;
  }
}

function afterRefusal(unlock: UnlockDocument, libraryText: string | undefined, now: number): UnlockEnd {
  const said = libraryText === undefined ? {} : { libraryText };
  const refusals = unlock.refusals + 1;
  if (refusals >= MOST_REFUSALS) return { state: 'failed', ...said };
  return { ...later(unlock, refusals, now), ...said };
}

/** A minute at first, then twice as long each time, up to an hour. */
function later({ tries, createdAt, libraryText }: UnlockDocument, refusals: number, now: number): UnlockEnd {
  const said = libraryText === undefined ? {} : { libraryText };
  if (now - createdAt >= GIVE_UP_AFTER) return { state: 'failed', ...said };
  const wait = Math.min(LONGEST_PAUSE, MINUTE * 2 ** Math.min(tries - 1, 10));
  return { state: 'unlocking', nextAt: now + wait, refusals, ...said };
}
