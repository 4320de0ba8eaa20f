import type * as v from 'valibot';
import type { PrivacyEraseOutput } from '../../../contracts/personal';
import type { Context } from '../../runtime/context';
import { localDate } from '../../runtime/format-time';
import { withLease } from '../../stores/leases';
import { erasePersonalData } from '../../stores/personal-data';

/** The library may be out of reach while this must work, so its time zone is not asked. */
const TIME_ZONE = 'Asia/Shanghai';

/** Erases everything that is kept about the caller, once nothing is being done for them any more. */
export async function eraseData(context: Context): Promise<v.InferOutput<typeof PrivacyEraseOutput>> {
  // the lease is that of this very call
  const { leases: _, ...erased } = await withLease(context.openid, () => erasePersonalData(context.openid));
  return { erased, date: localDate(context.now(), TIME_ZONE) };
}
