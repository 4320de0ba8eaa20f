import type { Denied } from '../../../contracts/denials';
import type { Loan, RenewOutcome } from '../../../contracts/loans';
import { fill, type Language, type Texts } from '../../i18n/index';
import { clcColour } from '../../lib/clc';
import { dayText, daysUntil } from '../../lib/dates';
import { denialWords, type DenialWords } from '../../services/denial-words';

/** What became of renewing a loan, in words. */
export interface RenewResult extends DenialWords {
  /** `done`: renewed; `no`: it was not; `unknown`: nobody knows */
  tone: 'done' | 'no' | 'unknown';
}

type Tone = 'late' | 'soon' | 'calm';

/** A loan, ready to be shown. */
export interface LoanLine {
  loanId: string;
  bibId: string;
  title: string;
  author: string;
  clc: string;
  /** "过期 3 天": a word beside the colour */
  when: string;
  due: string;
  dueAt: string;
  tone: Tone;
  /** Heading of the group that begins with this line; else empty */
  head: string;
  headTone: Tone;
  /** Whether it can be renewed, how often, until when; or why not and what to do */
  renewal: DenialWords;
  renewable: boolean;
  busy: boolean;
  result: RenewResult | null;
}

const SOON_DAYS = 7;

export const isOverdue = (loan: Loan): boolean => loan.overdue || daysUntil(loan.dueAt) < 0;
export const isDueSoon = (loan: Loan): boolean => !isOverdue(loan) && daysUntil(loan.dueAt) <= SOON_DAYS;

export const toneOf = (loan: Loan): Tone => (isOverdue(loan) ? 'late' : isDueSoon(loan) ? 'soon' : 'calm');

const HEADS = { late: 'groupOverdue', soon: 'groupSoon', calm: 'groupLater' } as const;

/**
 * @param group under which heading it stands: a renewed book stays where it was until the list is read anew
 * @param groupBefore that of the line above it
 */
export function loanLine(
  loan: Loan,
  group: Tone,
  groupBefore: Tone | undefined,
  state: { busy: boolean; result: RenewResult | undefined },
  { shelf: t }: Texts,
  language: Language,
): LoanLine {
  return {
    loanId: loan.loanId,
    bibId: loan.bibId ?? '',
    title: loan.title,
    author: loan.author ?? '',
    clc: clcColour(loan.callNumber),
    when: whenWords(loan, t),
    due: dueWords(loan.dueAt, t, language),
    dueAt: loan.dueAt,
    tone: toneOf(loan),
    head: group === groupBefore ? '' : t[HEADS[group]],
    headTone: group,
    renewal: renewalWords(loan, t, language),
    renewable: loan.renewal.allowed,
    busy: state.busy,
    result: state.result ?? null,
  };
}

/** "过期 3 天", "今天到期", "还有 3 天". */
export function whenWords(loan: Loan, t: Texts['shelf']): string {
  const days = daysUntil(loan.dueAt);
  if (isOverdue(loan)) return days < 0 ? fill(t.overdue, { n: -days }) : t.overdueToday;
  if (days === 0) return t.dueToday;
  return days === 1 ? t.dueTomorrow : fill(t.dueIn, { n: days });
}

/** A time is named only where the library closes a loan within the day. */
export function dueWords(dueAt: string, t: Texts['shelf'], language: Language): string {
  const day = dayText(dueAt, language);
  const time = dueAt.slice(11, 16);
  return time === '' || time === '23:59' ? fill(t.dueOn, { day }) : fill(t.dueOnTime, { day, time });
}

/** A card that ends before the new due date stops a renewal too, and is not expired yet. */
function loanDenial(denied: Denied, t: Texts['shelf']): DenialWords {
  const words = denialWords(denied);
  return denied.code === 'EXPIRED' ? { ...words, title: t.cardEnds, hint: t.cardEndsHint } : words;
}

/** The last day of renewing is named where it is not simply the day on which the loan is due. */
function renewalWords({ renewal, dueAt }: Loan, t: Texts['shelf'], language: Language): DenialWords {
  const { allowed, unsure = false, code = 'OTHER', libraryText, left, lastDay } = renewal;
  if (!allowed) {
    const words = loanDenial({ code, ...(libraryText === undefined ? {} : { libraryText }) }, t);
    const title = code === 'AUTO_RENEW' ? words.title : fill(t.cannotRenew, { reason: words.title });
    return { ...words, title };
  }
  const parts = [
    unsure ? t.mayRenew : t.canRenew,
    left === undefined || left === 0 ? '' : left === 1 ? t.lastLeft : fill(t.left, { n: left }),
    lastDay === undefined || lastDay === dueAt.slice(0, 10)
      ? ''
      : fill(t.lastDay, { day: dayText(lastDay, language) }),
  ];
  return { title: parts.filter((part) => part !== '').join(' · '), hint: '', quote: '' };
}

/** @param read the loan as it was read again after its answer was lost */
export function renewResult(
  outcome: RenewOutcome,
  before: Loan | undefined,
  read: Loan | undefined,
  { shelf: t }: Texts,
  language: Language,
): RenewResult {
  const plain = { hint: '', quote: '' };
  switch (outcome.status) {
    case 'renewed':
      return {
        ...plain,
        title: fill(t.renewed, { day: dayText(outcome.dueAt, language) }),
        tone: 'done',
      };
    case 'refused': {
      const words = loanDenial(outcome, t);
      return { ...words, title: fill(t.refused, { reason: words.title }), tone: 'no' };
    }
    default: {
      if (read === undefined) return { ...plain, title: t.unknown, tone: 'unknown' };
      const day = dayText(read.dueAt, language);
      const later = before !== undefined && read.dueAt > before.dueAt;
      return later
        ? { ...plain, title: fill(t.unknownRenewed, { day }), tone: 'done' }
        : { ...plain, title: fill(t.unknownRead, { day }), tone: 'no' };
    }
  }
}
