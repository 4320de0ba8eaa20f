/**
 * The lending policy of the demo library, in one place. Money is in Chinese
 * fen, lengths are in days.
 */
export const READER_TYPES = {
  UG: { name: '本科生', maxLoans: 20, maxHolds: 3 },
  PG: { name: '研究生', maxLoans: 20, maxHolds: 5 },
  STAFF: { name: '教职工', maxLoans: 20, maxHolds: 5 },
  RETIRED: { name: '离退休教职工', maxLoans: 10, maxHolds: 3 },
  VISITOR: { name: '校外读者', maxLoans: 5, maxHolds: 1 },
  DEPT: { name: '院系资料室', maxLoans: 200, maxHolds: 10 },
} as const;
export type ReaderTypeCode = keyof typeof READER_TYPES;

/** `AUTO` copies are renewed by the library itself while nobody waits for them. */
export const ITEM_TYPES = {
  BOOK: { name: '普通图书' },
  NEW: { name: '新书' },
  HOT: { name: '热门图书' },
  SHORT: { name: '教参短借' },
  TEXTBOOK: { name: '教材' },
  AUTO: { name: '自动续借图书' },
} as const;
export type ItemTypeCode = keyof typeof ITEM_TYPES;

export interface LoanRule {
  /** Absent: every type, every branch. */
  reader?: ReaderTypeCode;
  item?: ItemTypeCode;
  branch?: string;
  days: number;
  renewals: number;
  renewalDays: number;
}

/** The first line that fits counts. */
export const LOAN_RULES: readonly LoanRule[] = [
  { reader: 'DEPT', days: 180, renewals: 2, renewalDays: 180 },
  { item: 'SHORT', days: 3, renewals: 0, renewalDays: 0 },
  { item: 'HOT', days: 7, renewals: 0, renewalDays: 0 },
  { item: 'NEW', days: 14, renewals: 0, renewalDays: 0 },
  { item: 'TEXTBOOK', days: 150, renewals: 0, renewalDays: 0 },
  { item: 'AUTO', days: 30, renewals: 2, renewalDays: 30 },
  { reader: 'VISITOR', days: 30, renewals: 0, renewalDays: 0 },
  { reader: 'UG', branch: 'MED', days: 30, renewals: 2, renewalDays: 15 },
  { reader: 'UG', days: 30, renewals: 1, renewalDays: 30 },
  { reader: 'PG', branch: 'MED', days: 60, renewals: 2, renewalDays: 30 },
  { days: 60, renewals: 1, renewalDays: 60 },
];

/** A loan can be renewed on its last ten days, the day on which it is due included. */
export const RENEWAL_WINDOW_DAYS = 10;

/** When somebody waits for a title, a loan that would go on for longer than this is called back… */
export const RECALL_BEYOND_DAYS = 30;
/** …to be returned this many days later. */
export const RECALL_NOTICE_DAYS = 14;

export const OVERDUE_FEN_PER_OPEN_DAY = 20;
export const MAX_OVERDUE_FEN = 3_000;
/** Whoever owes this much or more borrows, renews and holds nothing. */
export const DEBT_BLOCK_FEN = 2_000;
export const PAY_AT = '主馆一楼总服务台或自助缴费机，可用校园卡、微信或支付宝';

/** A book waits this many open days at its pickup place, the day of its arrival not counted. */
export const PICKUP_OPEN_DAYS = 3;
/** A book to be fetched elsewhere travels until the morning of this many open days later. */
export const TRANSIT_OPEN_DAYS = 2;
/** How long a hold that was not collected is still shown. */
export const EXPIRED_HOLD_SHOWN_DAYS = 7;
/** Carrying a book to this branch costs its reader something. */
export const DELIVERY_FEN: Readonly<Record<string, number>> = { MED: 200 };

export const MAX_WRONG_PINS = 5;
export const PIN_LOCK_MS = 24 * 3_600_000;

/** The rule for a reader of this type who borrows such a copy of that branch. */
export function loanRule(reader: ReaderTypeCode, item: ItemTypeCode, branch: string): LoanRule {
  const rule = LOAN_RULES.find(
    (r) =>
      (r.reader === undefined || r.reader === reader) &&
      (r.item === undefined || r.item === item) &&
      (r.branch === undefined || r.branch === branch),
  );
  if (!rule) throw new Error(`The policy has no rule for ${reader}, ${item}, ${branch}`);
  return rule;
}
