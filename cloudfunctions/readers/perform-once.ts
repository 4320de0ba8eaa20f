import * as v from 'valibot';
import { LibraryFault } from '../../library-systems/library-fault';
import { AppError } from '../runtime/app-error';
import { attempt } from '../runtime/attempt';
import type { Context } from '../runtime/context';
import type { Binding } from '../stores/binding';
import { isStillBound } from '../stores/bindings';
import { withLease } from '../stores/leases';
import {
  findRequest,
  finishRequest,
  forgetRequest,
  startRequest,
  type EarlierRequest,
  type RequestKey,
} from '../stores/requests';

/** One change at the library, in steps that can be taken up again after a crash. */
export interface Change<Before, Outcome> {
  before: v.GenericSchema<unknown, Before>;
  outcome: v.GenericSchema<unknown, Outcome>;
  /** Reads what the change starts from; may find that there is nothing to ask the library for. */
  read: () => Promise<{ before: Before } | { answer: Outcome }>;
  /** Asks the library; this is never repeated by itself. */
  write: (before: Before) => Promise<Outcome>;
  /** Finds out by reading what came of a write whose answer was lost, as far as the library can be read. */
  settle: (before: Before, outcome: Outcome | undefined) => Promise<Outcome>;
  /** What to say when the library cannot be read either. */
  lost: (before: Before) => Outcome;
  isSettled: (outcome: Outcome) => boolean;
  /** Whether the library may now be in another state than before; if not, the same request may be made again. */
  isFinal: (outcome: Outcome) => boolean;
  /** Keeps what else an outcome changes here, while the outcome itself is recorded; not for one that was recorded before. */
  alsoKeep?: (outcome: Outcome) => Promise<void>;
}

/**
 * Makes a change at most once for one request id, one at a time for a reader.
 * A repeated request gets the stored outcome. One that was cut off (the answer
 * lost, the function killed) is settled by reading the library, not by writing again.
 * @throws {AppError} BUSY; BAD_REQUEST when the id was used for something else; CARD_NOT_BOUND when
 * the binding has ended while this waited for its turn
 */
export async function performOnce<Before, Outcome>(
  context: Context,
  binding: Binding,
  { requestId, asked }: Omit<RequestKey, 'openid'>,
  change: Change<Before, Outcome>,
): Promise<Outcome> {
  const key: RequestKey = { openid: binding.openid, requestId, asked };
  return withLease(key.openid, async (lease) => {
    const desk = context.desk();
    // The library is read meanwhile: most requests are new, and it takes longer than the database.
    const start = change.read();
    start.catch(() => undefined);
    const [stillBound, earlier] = await Promise.all([
      isStillBound(binding),
      findRequest(desk, key, context.now()),
    ]);
    if (!stillBound) throw new AppError('CARD_NOT_BOUND', 'the binding has ended');
    if (earlier) return takeUp(earlier);
    const found = await start;
    if ('answer' in found) return found.answer;
    lease.assertHeld();
    if (!(await startRequest(desk, key, found.before, context.now()))) {
      const other = await findRequest(desk, key, context.now());
      if (!other) throw new AppError('BUSY', 'another request of this reader took over', true);
      return takeUp(other);
    }
    try {
      lease.assertHeld();
    } catch (error) {
      // the library was not asked: a record of it would say that an answer was lost
      await forget();
      throw error;
    }
    const outcome = await write(found.before);
    if (outcome === undefined || !change.isSettled(outcome)) return settle(found.before, outcome);
    if (change.isFinal(outcome)) await keep(outcome);
    else await forget();
    return outcome;

    function takeUp({
      same,
      before: startedFrom,
      outcome: stored,
    }: EarlierRequest): Outcome | Promise<Outcome> {
      if (!same) throw new AppError('BAD_REQUEST', 'the request id was used for something else');
      const before = v.parse(change.before, startedFrom);
      const read = v.safeParse(change.outcome, stored);
      const outcome = read.success ? read.output : undefined;
      return outcome !== undefined && change.isSettled(outcome) ? outcome : settle(before, outcome);
    }

    /** @returns undefined when the answer was lost */
    async function write(before: Before): Promise<Outcome | undefined> {
      try {
        return await change.write(before);
      } catch (error) {
        if (!(error instanceof LibraryFault)) throw error;
        if (error.mayHaveHappened) return undefined;
        await forget();
        throw error;
      }
    }

    async function settle(before: Before, outcome: Outcome | undefined): Promise<Outcome> {
      const settled = await readAgain(before, outcome);
      await keep(settled);
      return settled;
    }

    /** What the library has done is told, also when it cannot be kept: without it a repetition reads at the library. */
    async function keep(outcome: Outcome): Promise<void> {
      await Promise.all([
        attempt('outcome-not-kept', () => finishRequest(desk, key, outcome)),
        attempt('outcome-not-applied', () => change.alsoKeep?.(outcome)),
      ]);
    }

    async function forget(): Promise<void> {
      await attempt('request-not-forgotten', () => forgetRequest(key));
    }

    async function readAgain(before: Before, outcome: Outcome | undefined): Promise<Outcome> {
      try {
        return await change.settle(before, outcome);
      } catch (error) {
        if (error instanceof LibraryFault) return outcome ?? change.lost(before);
        throw error;
      }
    }
  });
}
