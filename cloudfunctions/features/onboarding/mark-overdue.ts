import { listOverdue, removeAttempt } from '../../stores/onboarding-attempts';
import { handIn, type Marker } from './hand-in';

/** How many papers are marked at one beat. */
const SLICE = 200;

/** Marks papers whose time is over and that nobody has handed in, with what was saved. @returns how many */
export async function markOverdue(context: Marker): Promise<Record<string, number>> {
  let marked = 0;
  let failure: { cause: unknown } | undefined;
  for (const { _id, owner } of await listOverdue(context.now(), SLICE)) {
    try {
      const handed = await handIn(context, owner, { attemptId: _id });
      if (handed?.marked) marked++;
      // left by an erasure that was cut off: it is nobody's, and would be listed first for good
      if (!handed) await removeAttempt(_id);
    } catch (cause) {
      // one that cannot be marked keeps no other waiting
      failure = { cause };
    }
  }
  if (failure) throw failure.cause;
  return marked > 0 ? { marked } : {};
}
