import type { BankItem } from '../../contracts/onboarding/bank';
import { digestBank } from './bank/digest-bank';
import { StaffFault } from '../staff/call-staff';
import type { CallStaff } from '../staff/call-staff';

/**
 * A bank that was published, whole: what comes is held against the digest that is its name.
 * @param version the bank of now if left out
 * @param by who gives the order, for the audit
 * @throws {StaffFault}
 */
export async function fetchBank(
  by: string,
  call: CallStaff,
  version?: string,
): Promise<{ items: BankItem[]; version: string }> {
  const items: BankItem[] = [];
  let of = version;
  for (let slice = 0; ; slice++) {
    const part = await call('onboarding.bank', { by, slice, ...(of !== undefined && { version: of }) });
    of ??= part.version;
    items.push(...part.items);
    if (part.last) break;
  }
  if (digestBank(items) !== of)
    throw new StaffFault('GARBLED', 'the bank is not what its version says', {
      action: 'onboarding.bank',
      isRead: true,
    });
  return { items, version: of };
}
