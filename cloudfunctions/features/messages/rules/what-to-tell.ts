import type { Hold } from '../../../../contracts/holds';
import type { Loan } from '../../../../contracts/loans';
import { MOST_BOOKS_TOLD, type MessageBody } from '../../../../contracts/messages/body';
import { MESSAGE_KINDS, type MessageKind } from '../../../../contracts/messages/kinds';
import { localDateOf } from '../../../../library-systems/zoned-time';
import { dayOf } from './calendar-days';
import { judgeHold, type HoldKind } from './judge-hold';
import { judgeLoan, type Judgement, type LoanKind } from './judge-loan';
import { ToldKeys, type Family } from './told-keys';

export interface Situation {
  /** As the library lists them now; absent: it was not asked, or did not answer. */
  loans?: readonly Loan[] | undefined;
  holds?: readonly Hold[] | undefined;
  /** Keys of what the reader was told before. */
  told: ReadonlySet<string>;
  /** A keyed hash: letters, digits, `-` and `_`, at least 16 of them. */
  keyOf: (what: string) => string;
  /** ms since the epoch */
  now: number;
  /** IANA name of the library's. */
  timeZone: string;
}

/** One message a kind, and what counts as told by it from then on. */
export interface Digest {
  body: MessageBody;
  keys: string[];
}

export interface WhatToTell {
  /** The most urgent first. */
  digests: Digest[];
  /** Keys of `told` that may be forgotten. */
  staleKeys: string[];
}

interface Judged<T, K extends MessageKind> extends Judgement<K> {
  of: T;
}

/**
 * What a reader is to be told today of loans and holds: each in one kind, nothing twice, in whatever order the library
 * lists them and however often it is asked on a day. Pure.
 */
export function whatToTell({ loans, holds, told, keyOf, now, timeZone }: Situation): WhatToTell {
  const today = dayOf(localDateOf(now, timeZone));
  const keys = new ToldKeys(told, keyOf, today);
  const ofLoans = judgeAll('loan', loans, keys, {
    idOf: ({ loanId }) => loanId,
    dateOf: ({ dueAt }) => dueAt,
    judge: (loan) => judgeLoan(loan, keys, now, today),
  });
  const ofHolds = judgeAll('hold', holds, keys, {
    idOf: ({ holdId }) => holdId,
    // who does not say until when it waits comes last
    dateOf: ({ readyUntil }) => readyUntil ?? '~',
    judge: (hold) => judgeHold(hold, keys, today),
  });
  const digests = MESSAGE_KINDS.flatMap((kind): Digest[] => {
    const digest = isLoanKind(kind)
      ? digestOf(ofLoans, kind, (books, total) => ({ kind, books: books.map(describeLoan), total }))
      : isHoldKind(kind)
        ? digestOf(ofHolds, kind, (books, total) => ({ kind, books: books.map(describeHold), total }))
        : undefined;
    return digest ? [digest] : [];
  });
  const seen = [...(loans ? (['loan'] as const) : []), ...(holds ? (['hold'] as const) : [])];
  return { digests, staleKeys: keys.stale(seen) };
}

const isLoanKind = (kind: MessageKind): kind is LoanKind =>
  kind === 'recalled' || kind === 'overdue' || kind === 'dueSoon' || kind === 'cannotRenew';
const isHoldKind = (kind: MessageKind): kind is HoldKind => kind === 'holdReady' || kind === 'holdExpiring';

interface Ways<T, K extends MessageKind> {
  idOf: (one: T) => string;
  dateOf: (one: T) => string;
  judge: (one: T) => Judgement<K> | undefined;
}

/** In the order of their dates, then of their ids; of two with one id the first counts. */
function judgeAll<T, K extends MessageKind>(
  family: Family,
  list: readonly T[] | undefined,
  keys: ToldKeys,
  { idOf, dateOf, judge }: Ways<T, K>,
): Judged<T, K>[] {
  const order = (one: T): string => JSON.stringify([dateOf(one), idOf(one), one]);
  const sorted = (list ?? []).map((one) => ({ one, place: order(one) }));
  sorted.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  const seen = new Set<string>();
  return sorted.flatMap(({ one }) => {
    const id = idOf(one);
    if (seen.has(id)) return [];
    seen.add(id);
    const isNamed = keys.wasNamedToday(family, id);
    const judgement = judge(one);
    if (!judgement || isNamed) return [];
    return [{ of: one, kind: judgement.kind, keys: [...judgement.keys, keys.makeNaming(family, id)] }];
  });
}

function digestOf<T, K extends MessageKind>(
  judged: readonly Judged<T, K>[],
  kind: K,
  describe: (books: T[], total: number) => MessageBody,
): Digest | undefined {
  const some = judged.filter((one) => one.kind === kind);
  if (some.length === 0) return undefined;
  const books = some.slice(0, MOST_BOOKS_TOLD).map(({ of }) => of);
  return { body: describe(books, some.length), keys: some.flatMap(({ keys }) => keys) };
}

const describeLoan = ({ loanId, title, dueAt, renewal }: Loan) => ({
  title,
  loanId,
  dueAt,
  ...(!renewal.allowed && renewal.code !== undefined && { code: renewal.code }),
  ...(!renewal.allowed && renewal.libraryText !== undefined && { libraryText: renewal.libraryText }),
});

const describeHold = ({ holdId, title, pickup, readyUntil }: Hold) => ({
  title,
  holdId,
  ...(pickup && { pickup: pickup.name }),
  ...(readyUntil !== undefined && { readyUntil }),
});
