import type { LoanPolicy } from '../../../contracts/library';
import { BRANCHES } from '../places';
import {
  DEBT_BLOCK_FEN,
  ITEM_TYPES,
  LOAN_RULES,
  MAX_OVERDUE_FEN,
  OVERDUE_FEN_PER_OPEN_DAY,
  PICKUP_OPEN_DAYS,
  READER_TYPES,
  RENEWAL_WINDOW_DAYS,
} from './policy';

/** The policy as data, with the names that readers know. */
export function describePolicy(): LoanPolicy {
  return {
    rules: LOAN_RULES.map(({ reader, item, branch, days, renewals, renewalDays }) => {
      const place = BRANCHES.find(({ code }) => code === branch);
      return {
        ...(reader && { readerType: { code: reader, name: READER_TYPES[reader].name } }),
        ...(item && { itemType: { code: item, name: ITEM_TYPES[item].name } }),
        ...(place && { branch: place }),
        days,
        renewals,
        renewalDays,
      };
    }),
    limits: Object.entries(READER_TYPES).map(([code, { name, maxLoans, maxHolds }]) => ({
      readerType: { code, name },
      maxLoans,
      maxHolds,
    })),
    renewalWindowDays: RENEWAL_WINDOW_DAYS,
    overdueCentsPerOpenDay: OVERDUE_FEN_PER_OPEN_DAY,
    maxOverdueCents: MAX_OVERDUE_FEN,
    blockAtCents: DEBT_BLOCK_FEN,
    pickupOpenDays: PICKUP_OPEN_DAYS,
  };
}
