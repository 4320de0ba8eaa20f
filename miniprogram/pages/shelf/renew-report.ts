import type { Denied } from '../../../contracts/denials';
import type { Loan, RenewOutcome } from '../../../contracts/loans';
import { fill, type Language, type Texts } from '../../i18n/index';
import { denialWords } from '../../services/denial-words';
import type { RenewResult } from '../../components/loan-row/loan-line';

/** What stands above the shelf after renewing several books, or one by scanning. */
export interface RenewReport {
  title: string;
  hint: string;
  lines: { key: string; title: string; words: string; quote: string }[];
  /** `done`: everything was renewed */
  tone: RenewResult['tone'];
}

/** The books that were not renewed, each with its reason, so that nobody must look for them in a long list. */
export function reportAll(
  outcomes: readonly RenewOutcome[],
  loans: readonly Loan[],
  results: Readonly<Record<string, RenewResult>>,
  { shelf: t }: Texts,
  language: Language,
): RenewReport {
  const toneOf = ({ loanId }: RenewOutcome) => results[loanId]?.tone ?? 'unknown';
  const count = (tone: RenewResult['tone']): number =>
    outcomes.filter((outcome) => toneOf(outcome) === tone).length;
  const toTell = outcomes.filter((outcome) => toneOf(outcome) !== 'done');
  return {
    title: reportTitle(count('done'), count('no'), count('unknown'), t, language),
    hint: '',
    lines: toTell.map(({ loanId }) => ({
      key: loanId,
      title: loans.find((loan) => loan.loanId === loanId)?.title ?? '',
      words: results[loanId]?.title ?? '',
      quote: results[loanId]?.quote ?? '',
    })),
    tone: toTell.length === 0 ? 'done' : 'no',
  };
}

/** A renewal whose answer was lost is counted by itself: it may have been carried out. */
function reportTitle(
  done: number,
  failed: number,
  unknown: number,
  t: Texts['shelf'],
  language: Language,
): string {
  if (done + failed + unknown === 0) return t.nothingToRenew;
  if (unknown > 0) {
    const parts: [number, string][] = [
      [done, t.countRenewed],
      [failed, t.countNotRenewed],
      [unknown, t.countUnknown],
    ];
    return parts
      .filter(([n]) => n > 0)
      .map(([n, words]) => fill(words, { n }))
      .join(language === 'en' ? ', ' : '，');
  }
  if (failed === 0) return done === 1 ? t.oneRenewed : fill(t.allRenewed, { n: done });
  if (done === 0) return failed === 1 ? t.oneNotRenewed : fill(t.noneRenewed, { n: failed });
  return fill(t.someRenewed, { n: done, m: failed });
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
