import type { RunTime } from '../../runtime/run-time';
import { listOverdue, removeAttempt, type Overdue } from '../../stores/onboarding-attempts';
import { handIn, type Marker } from './hand-in';

/** How many papers are marked at one beat. */
const SLICE = 200;
/** How many slices are looked through for papers that can be marked. */
const MOST_SLICES = 5;
/** Instances' clocks differ: what is saved until the end by another one's is in time. In ms. */
const CLOCKS_DIFFER = 10_000;

/** Behind which paper the next beat goes on, where one had no time for all. */
let goesOnAfter: number | undefined;

/**
 * Marks papers whose time is over and that nobody has handed in, with what was saved, as long as there is time.
 * @returns how many
 */
export async function markOverdue(
  context: Marker,
  time: Pick<RunTime, 'isLeft'>,
): Promise<Record<string, number>> {
  let marked = 0;
  let failure: { cause: unknown } | undefined;
  // Papers that cannot be marked stay, and stay in front: those behind them must not wait for ever.
  let after = goesOnAfter;
  goesOnAfter = undefined;
  for (let slice = 0; slice < MOST_SLICES && marked < SLICE; slice++) {
    const overdue = await listOverdue(context.now() - CLOCKS_DIFFER, SLICE, after);
    for (const paper of overdue) {
      if (!time.isLeft()) break;
      try {
        if (await mark(context, paper)) marked++;
      } catch (cause) {
        failure = { cause };
      }
      after = paper.endsAt;
    }
    if (!time.isLeft()) {
      goesOnAfter = after;
      break;
    }
    if (overdue.length < SLICE) break;
  }
  if (failure) throw failure.cause;
  return marked > 0 ? { marked } : {};
}

async function mark(context: Marker, { _id, owner }: Overdue): Promise<boolean> {
  const handed = await handIn(context, owner, { attemptId: _id, unseen: true });
  // left by an erasure that was cut off: it is nobody's, and would be listed first for good
  if (!handed) await removeAttempt(_id);
  return handed?.marked === true;
}
