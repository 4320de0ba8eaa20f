import type { Denied } from '../../../contracts/denials';
import type { Loan } from '../../../contracts/loans';
import { addDays, dueOn, localDate } from '../local-date';
import { DEMO_OFFSET } from '../places';
import { dueDate } from './due-dates';
import { ITEM_TYPES, READER_TYPES, RENEWAL_WINDOW_DAYS } from './policy';
import type { ItemTypeCode, LoanRule } from './policy';
import { chineseDay, refuse } from './refusals';

export interface RenewalFacts {
  now: number;
  loan: { dueAt: string; renewals: number; recalled?: boolean | undefined };
  rule: LoanRule;
  itemType: ItemTypeCode;
  branch: string;
  /** What keeps this reader from renewing anything. */
  blocked?: Denied | undefined;
  /** Somebody waits for this copy. */
  wanted: boolean;
  expiresAt?: string | undefined;
}

export type RenewalDecision = { dueAt: string } | { denied: Denied };

const midnight = (date: string): number => Date.parse(`${date}T00:00:00${DEMO_OFFSET}`);

/** The day on which a loan is due after one more renewal. */
const renewedDay = ({ loan, rule, branch, expiresAt }: RenewalFacts): string =>
  dueDate(branch, loan.dueAt.slice(0, 10), rule.renewalDays, expiresAt);

const whatIsNotRenewed = ({ reader }: LoanRule, itemType: ItemTypeCode): string =>
  reader === undefined ? ITEM_TYPES[itemType].name : `${READER_TYPES[reader].name}所借图书`;

/** Whether the library renews this loan now: the new due date, or why not. What cannot change is said first. */
export function decideRenewal(facts: RenewalFacts): RenewalDecision {
  const { now, loan, rule, itemType } = facts;
  const due = loan.dueAt.slice(0, 10);
  const denied = (denial: Denied): RenewalDecision => ({ denied: denial });
  if (facts.blocked) return denied(facts.blocked);
  if (loan.recalled) return denied(refuse('RECALLED'));
  if (now > Date.parse(loan.dueAt)) return denied(refuse('OVERDUE'));
  if (itemType === 'AUTO' && rule.renewals > 0) return denied(refuse('AUTO_RENEW'));
  if (rule.renewals === 0) return denied(refuse('ITEM_TYPE', whatIsNotRenewed(rule, itemType)));
  if (loan.renewals >= rule.renewals) return denied(refuse('TOO_MANY_RENEWALS'));
  if (facts.wanted) return denied(refuse('ON_HOLD'));
  const renewed = renewedDay(facts);
  if (renewed <= due) {
    return denied({
      code: 'EXPIRED',
      libraryText: `借阅证 ${chineseDay(facts.expiresAt ?? due)}到期，续借不能晚于该日`,
    });
  }
  const opens = addDays(due, 1 - RENEWAL_WINDOW_DAYS);
  if (localDate(now) < opens) return denied(refuse('TOO_SOON', chineseDay(opens), midnight(opens)));
  return { dueAt: dueOn(renewed) };
}

/** Refusals that may go away before the loan is due. */
const PASSING: ReadonlySet<string> = new Set(['TOO_SOON', 'ON_HOLD', 'DEBT', 'BLOCKED']);

/** What a reader is told of renewing a loan before asking for it. */
export function describeRenewal(facts: RenewalFacts): Loan['renewal'] {
  const decision = decideRenewal(facts);
  const left = Math.max(0, facts.rule.renewals - facts.loan.renewals);
  const refused = 'denied' in decision ? decision.denied : undefined;
  // Once the day is over the book is overdue, and no longer renewed.
  const worth = left > 0 && (refused === undefined || PASSING.has(refused.code));
  const useful = worth && facts.now <= Date.parse(facts.loan.dueAt);
  return {
    allowed: refused === undefined,
    ...(refused && { code: refused.code }),
    ...(refused?.libraryText !== undefined && { libraryText: refused.libraryText }),
    left,
    ...(useful && { lastDay: facts.loan.dueAt.slice(0, 10) }),
  };
}
