import type { Card } from '../../../contracts/cards';
import type { Patron } from '../../../library-systems/circulation';
import { timestamp } from '../../runtime/format-time';
import { maskCardNumber, maskName } from '../../runtime/mask';
import type { Profile } from '../../stores/bindings';

/** What of a patron is shown and kept: number and name masked. */
export function toProfile(patron: Patron): Profile {
  const { readerType, department, grade, expiresAt, blocks } = patron;
  return {
    maskedNumber: maskCardNumber(patron.cardNumber),
    ...(patron.name !== undefined && { maskedName: maskName(patron.name) }),
    readerType,
    ...(department !== undefined && { department }),
    ...(grade !== undefined && { grade }),
    ...(expiresAt !== undefined && { expiresAt }),
    blocks,
  };
}

/** @param boundAt ms since the epoch */
export const toCard = (profile: Profile, boundAt: number): Card => ({
  ...profile,
  boundAt: timestamp(boundAt),
});
