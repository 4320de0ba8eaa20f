import type { Hold, HoldsOutput } from '../../../contracts/holds';
import { requireReader } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { requireCapability } from '../../runtime/require';
import { countRead } from '../../stores/rates';

const RANK: Record<Hold['status'], number> = { ready: 0, inTransit: 1, waiting: 2, unknown: 3, expired: 4 };

/** What waits to be picked up first, then what comes next. */
export async function listHolds(context: Context): Promise<HoldsOutput> {
  const { library, access } = await requireReader(context);
  await countRead(context.openid, context.now());
  const answer = await requireCapability(library.holds, 'holds').list(access);
  if ('denied' in answer) return answer;
  const holds = [...answer.holds].sort(
    (a, b) =>
      RANK[a.status] - RANK[b.status] ||
      (a.position ?? Infinity) - (b.position ?? Infinity) ||
      (a.holdId < b.holdId ? -1 : 1),
  );
  return { asOf: timestamp(context.now()), holds };
}
