import type { Context } from '../../runtime/context';
import { endBinding } from '../../stores/bindings';
import { withLease } from '../../stores/leases';

/**
 * Ends the binding and erases what was kept because of it: session, copies,
 * history, requests. Nothing happens when no card is bound.
 */
export async function unbindCard(context: Context): Promise<Record<string, never>> {
  await withLease(context.openid, () => endBinding(context.openid));
  return {};
}
