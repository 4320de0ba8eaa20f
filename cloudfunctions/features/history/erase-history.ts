import { requireBinding } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { eraseSeenLoans } from '../../stores/seen-loans';

/** Erases what Shutong has kept; the library's own records are the library's. */
export async function eraseHistory(context: Context): Promise<{ erased: number }> {
  await requireBinding(context);
  return { erased: await eraseSeenLoans(context.desk(), context.openid, context.now()) };
}
