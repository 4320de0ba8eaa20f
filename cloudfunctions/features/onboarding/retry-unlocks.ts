import type { RunTime } from '../../runtime/run-time';
import { listDueUnlocks } from '../../stores/onboarding-unlocks';
import { openBorrowing, type Opener } from './open-borrowing';

/** How many are tried at one beat, and how many at once: the library serves its readers, too. */
const SLICE = 50;
const AT_ONCE = 5;

/** Tries again what the library has not opened yet, as long as there is time. @returns how many ended how */
export async function retryUnlocks(
  context: Opener,
  time: Pick<RunTime, 'isLeft'>,
): Promise<Record<string, number>> {
  const due = await listDueUnlocks(context.now(), SLICE);
  const counts: Record<string, number> = {};
  for (let i = 0; i < due.length && time.isLeft(); i += AT_ONCE) {
    const turns = await Promise.allSettled(
      due.slice(i, i + AT_ONCE).map((key) => openBorrowing(context, key, { unseen: true })),
    );
    const failed = turns.find((turn) => turn.status === 'rejected');
    if (failed) throw failed.reason;
    const ends = turns.map((turn) => (turn.status === 'fulfilled' ? turn.value : undefined));
    for (const end of ends) {
      const what = `unlocks.${end?.state ?? 'taken'}`;
      counts[what] = (counts[what] ?? 0) + 1;
    }
    // a library that does not answer is not asked fifty times in a row; one that refuses has answered
    if (ends.every((end) => end?.state === 'unlocking' && end.refusals === 0)) break;
  }
  return counts;
}
