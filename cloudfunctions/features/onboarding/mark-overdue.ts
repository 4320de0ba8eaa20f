import { listOverdue, removeAttempt, type Overdue } from '../../stores/onboarding-attempts';
import { handIn, type Marker } from './hand-in';

/** How many papers are marked at one beat. */
const SLICE = 200;
/** How many slices are looked through for papers that can be marked. */
const MOST_SLICES = 5;

/** Marks papers whose time is over and that nobody has handed in, with what was saved. @returns how many */
export async function markOverdue(context: Marker): Promise<Record<string, number>> {
  let marked = 0;
  let failure: { cause: unknown } | undefined;
  let after: number | undefined;
  // Papers that cannot be marked stay, and stay in front: those behind them must not wait for ever.
  for (let slice = 0; slice < MOST_SLICES && marked < SLICE; slice++) {
    const overdue = await listOverdue(context.now(), SLICE, after);
    for (const paper of overdue) {
      try {
        if (await mark(context, paper)) marked++;
      } catch (cause) {
        failure = { cause };
      }
    }
    after = overdue.at(-1)?.endsAt;
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
