import type * as v from 'valibot';
import type { PrivacyEraseOutput } from '../../../contracts/personal';
import type { Context } from '../../runtime/context';
import { HOME_TIME_ZONE, localDate, timestamp } from '../../runtime/format-time';
import { reserveErasure } from '../../stores/attempts';
import { withLease } from '../../stores/leases';
import { erasePersonalData } from '../../stores/personal-data';

/** Erases everything that is kept about the caller, once nothing is being done for them any more. */
export async function eraseData(context: Context): Promise<v.InferOutput<typeof PrivacyEraseOutput>> {
  const { openid } = context;
  const desk = context.desk();
  const now = context.now();
  const { erased, kept } = await withLease(openid, async () => {
    // now that it will be made: one that does not get its turn costs no try, and who has the turn later knows of this one
    await reserveErasure(desk.lookup, openid, context.now());
    return erasePersonalData(desk, openid, context.now());
  });
  const until = Object.entries(kept).map(([what, at]) => [what, timestamp(at as number)]);
  return {
    erased,
    kept: Object.fromEntries(until) as v.InferOutput<typeof PrivacyEraseOutput>['kept'],
    date: localDate(now, HOME_TIME_ZONE),
  };
}
