import type { Fine } from '../../contracts/loans';
import { ownValue } from '../own-value';

/** Debit types since 19.11, account types before. */
const REASONS: Record<string, Fine['reason']> = {
  OVERDUE: 'overdue',
  F: 'overdue',
  FU: 'overdue',
  O: 'overdue',
  LOST: 'lost',
  L: 'lost',
};

export const reasonOf = (type: string): Fine['reason'] => ownValue(REASONS, type) ?? 'other';

/** `FU` and `UNRETURNED`: the fine grows with every day. */
export const isRunning = (type: string, status: string | undefined): boolean =>
  type === 'FU' || (type === 'OVERDUE' && status === 'UNRETURNED');
