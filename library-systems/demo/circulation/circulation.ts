import type { Denied } from '../../../contracts/denials';
import type { PatronAccess, Refusal } from '../../circulation';
import type { Collection, Copy } from '../collection';
import { dueOn } from '../local-date';
import { overdueFen } from './fines';
import { nextFor } from './hold-queue';
import type { Ledger } from './ledger';
import type { PastLoans } from './past-loans';
import { DEBT_BLOCK_FEN, loanRule, READER_TYPES } from './policy';
import type { LoanRule } from './policy';
import { chineseDay, refuse, yuan } from './refusals';
import type { RenewalFacts } from './renewal';
import type { LoanRow, Reader } from './rows';
import type { Tokens } from './sign-in/tokens';

/** What the operations of the circulation work on. */
export interface Circulation {
  ledger: Ledger;
  collection: Collection;
  /** What ended before the first day. */
  past: PastLoans;
  /** Where readers are served by session only: whom each session belongs to. */
  sessions?: Tokens<string>;
  clock: { now(): number };
}

/** The copy with this barcode. @throws when the ledger names a copy that the catalogue has not */
export function copyOf({ collection }: Circulation, barcode: string): Copy {
  const copy = collection.copy(barcode);
  if (!copy) throw new Error('The ledger of the demo library names a copy that its catalogue has not');
  return copy;
}

export function ruleOf({ type }: Reader, { item, itemType }: Copy): LoanRule {
  return loanRule(type, itemType ?? 'BOOK', item.branch.code);
}

/** What a reader owes, books that are overdue now included; in fen. */
export function owedFen(circulation: Circulation, reader: string, now: number): number {
  const { ledger } = circulation;
  let total = 0;
  for (const { amountCents } of ledger.fines.by('reader', reader)) total += amountCents;
  for (const loan of ledger.loans.by('reader', reader)) total += runningFen(circulation, loan, now);
  return total;
}

export const runningFen = (circulation: Circulation, loan: LoanRow, now: number): number =>
  overdueFen(loan.dueAt, copyOf(circulation, loan.barcode).item.branch.code, now);

/** The card is not served at all: lost, frozen or expired. */
export function cardRefusal(reader: Reader, now: number): Denied | undefined {
  if (reader.cardState === 'lost') return refuse('CARD_LOST');
  if (reader.cardState === 'frozen') return refuse('LOCKED', '请持有效证件到总服务台办理');
  if (reader.expiresAt !== undefined && now > Date.parse(dueOn(reader.expiresAt))) {
    return refuse('EXPIRED', `${reader.expiresAt.slice(0, 4)} 年 ${chineseDay(reader.expiresAt)}`);
  }
  return undefined;
}

/** What keeps a reader from borrowing and holding, while the account can be looked at. */
export function blocksOf(circulation: Circulation, reader: Reader, now: number): Denied[] {
  return [
    ...renewalBlocksOf(circulation, reader, now),
    ...(reader.borrowing === 'awaits-onboarding' ? [refuse('ONBOARDING_REQUIRED')] : []),
  ];
}

/** What keeps a reader from renewing: an onboarding not passed does not, it would only make fines. */
export function renewalBlocksOf(circulation: Circulation, reader: Reader, now: number): Denied[] {
  const owed = owedFen(circulation, reader.id, now);
  return [
    ...(reader.cardState === 'blocked' ? [refuse('BLOCKED')] : []),
    ...(owed >= DEBT_BLOCK_FEN ? [refuse('DEBT', yuan(owed))] : []),
  ];
}

/** The reader in whose name a call is made, if the card is served. */
export function admit(
  { ledger, clock, sessions }: Circulation,
  { ref, session }: PatronAccess,
): { reader: Reader } | Refusal | undefined {
  if (sessions?.read(session ?? '', clock.now()) !== (sessions && ref)) {
    return { denied: refuse('OTHER', '登录已失效，请重新登录') };
  }
  const reader = ledger.readers.get(ref);
  if (!reader) return undefined;
  const denied = cardRefusal(reader, clock.now());
  return denied ? { denied } : { reader };
}

/** The same for operations to which an unknown reference is no answer. */
export const admitOrRefuse = (circulation: Circulation, access: PatronAccess): { reader: Reader } | Refusal =>
  admit(circulation, access) ?? { denied: refuse('OTHER', '查无此读者') };

/** All that the rules of renewing look at. */
export function renewalFacts(
  circulation: Circulation,
  reader: Reader,
  loan: LoanRow,
  now: number,
  blocked: Denied | undefined,
): RenewalFacts {
  const copy = copyOf(circulation, loan.barcode);
  return {
    now,
    loan,
    rule: ruleOf(reader, copy),
    itemType: copy.itemType ?? 'BOOK',
    branch: copy.item.branch.code,
    blocked,
    wanted: nextFor(circulation.ledger.holds.by('bib', loan.bibId), loan.barcode) !== undefined,
    expiresAt: reader.expiresAt,
  };
}

export const typeName = ({ type }: Reader): { code: string; name: string } => ({
  code: type,
  name: READER_TYPES[type].name,
});
