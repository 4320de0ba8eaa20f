import type { Denied } from '../../../contracts/denials';
import type { Loan, RenewOutcome } from '../../../contracts/loans';
import { fill, type Texts } from '../../i18n/index';
import { denialWords } from '../../services/denial-words';
import type { RenewResult } from '../../components/loan-row/loan-line';

/** What stands above the shelf after renewing several books, or one by scanning. */
export interface RenewReport {
  title: string;
  hint: string;
  lines: { key: string; title: string; words: string; quote: string }[];
  /** `done`: everything was renewed */
  tone: 'done' | 'no';
}

/** The books that were not renewed, each with its reason, so that nobody must look for them in a long list. */
export function reportAll(
  outcomes: readonly RenewOutcome[],
  loans: readonly Loan[],
  results: Readonly<Record<string, RenewResult>>,
  { shelf: t }: Texts,
): RenewReport {
  const done = outcomes.filter(({ loanId }) => results[loanId]?.tone === 'done').length;
  const failed = outcomes.filter(({ loanId }) => results[loanId]?.tone !== 'done');
  return {
    title: reportTitle(done, failed.length, t),
    hint: '',
    lines: failed.map(({ loanId }) => ({
      key: loanId,
      title: loans.find((loan) => loan.loanId === loanId)?.title ?? '',
      words: results[loanId]?.title ?? '',
      quote: results[loanId]?.quote ?? '',
    })),
    tone: failed.length === 0 ? 'done' : 'no',
  };
}

function reportTitle(done: number, failed: number, t: Texts['shelf']): string {
  if (done + failed === 0) return t.nothingToRenew;
  if (failed === 0) return fill(t.allRenewed, { n: done });
  return done === 0 ? fill(t.noneRenewed, { n: failed }) : fill(t.someRenewed, { n: done, m: failed });
}

export function reportDenied(denied: Denied): RenewReport {
  const { title, hint, quote } = denialWords(denied);
  return { title, hint: [quote, hint].filter((part) => part !== '').join('\n'), lines: [], tone: 'no' };
}

/** Of the one book that was scanned. */
export function reportScanned(title: string, result: RenewResult | undefined): RenewReport {
  const line = { key: 'scanned', title: '', words: result?.hint ?? '', quote: result?.quote ?? '' };
  return {
    title,
    hint: result?.title ?? '',
    lines: line.words === '' && line.quote === '' ? [] : [line],
    tone: result?.tone ?? 'no',
  };
}
