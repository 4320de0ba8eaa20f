import { HOLD_STATUSES, type Hold, type HoldsOutput } from '../../../contracts/holds';
import { requireReader } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { requireCapability } from '../../runtime/require';

const ORDER: readonly Hold['status'][] = [
  'ready',
  'inTransit',
  'waiting',
  'unknown',
  'expired',
] satisfies (typeof HOLD_STATUSES)[number][];

/** What waits to be picked up first, then what comes next. */
export async function listHolds(context: Context): Promise<HoldsOutput> {
  const { library, access } = await requireReader(context);
  const answer = await requireCapability(library.holds, 'holds').list(access);
  if ('denied' in answer) return answer;
  const holds = [...answer.holds].sort(
    (a, b) =>
      ORDER.indexOf(a.status) - ORDER.indexOf(b.status) ||
      (a.position ?? Infinity) - (b.position ?? Infinity) ||
      (a.holdId < b.holdId ? -1 : 1),
  );
  return { asOf: timestamp(context.now()), holds };
}
