import { MAX_SLICE_ITEMS } from '../../contracts/staff';
import type { Bank } from './bank/read-bank';
import type { CallStaff, StaffOutput } from '../staff/call-staff';

/**
 * Sends a bank in slices and makes it the bank from then on. Until the last
 * step nothing has changed for anybody; whoever is killed before may begin anew.
 * @param by who gives the order, for the audit
 * @param progress told how many slices of how many have arrived
 * @throws {StaffFault}
 */
export async function putBank(
  { items, digest }: Pick<Bank, 'items' | 'digest'>,
  by: string,
  call: CallStaff,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<StaffOutput<'onboarding.publish'>> {
  const slices = Math.ceil(items.length / MAX_SLICE_ITEMS);
  for (let slice = 0; slice < slices; slice++) {
    const part = items.slice(slice * MAX_SLICE_ITEMS, (slice + 1) * MAX_SLICE_ITEMS);
    await call('onboarding.putSlice', { by, draft: digest, slice, items: part });
    progress(slice + 1, slices);
  }
  return call('onboarding.publish', { by, draft: digest, slices, items: items.length });
}
