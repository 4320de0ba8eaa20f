import type { Loan, RenewOutcome } from '../../../contracts/loans';
import { renewResult, type RenewResult } from '../../components/loan-row/loan-line';
import { fill } from '../../i18n/index';
import { asFault, call } from '../../services/api';
import { faultNotice } from '../../services/fault-notice';
import { language } from '../../services/settings';
import { texts } from '../../services/ui';
import { writeOnce } from '../../services/write-once';
import { reportDenied, type RenewReport } from './renew-report';
import { afterRenewing } from './shelf-view';

/** What the library was asked, and what it said. */
export interface Renewal {
  outcomes: readonly RenewOutcome[];
  /** What is to be said above the loans at once; null when the outcomes say it all */
  report: RenewReport | null;
  /** The title of the book that was scanned */
  scanned?: string;
  /** No answer came that could be used */
  failed?: RenewResult;
}

export async function renewOne(loanId: string): Promise<Renewal> {
  return ask(async () => {
    const { outcomes, denied } = await writeOnce(`renew ${loanId}`, (requestId) =>
      call('loans.renew', { loanIds: [loanId], requestId }),
    );
    return { outcomes, report: denied === undefined ? null : reportDenied(denied) };
  });
}

export async function renewAll(): Promise<Renewal> {
  return ask(async () => {
    const { outcomes, denied } = await writeOnce('renew all', (requestId) =>
      call('loans.renewAll', { requestId }),
    );
    return { outcomes, report: denied === undefined ? null : reportDenied(denied) };
  });
}

/** @param text as the scanner read it */
export async function renewScanned(text: string): Promise<Renewal> {
  return ask(async () => {
    const answer = await writeOnce(`renew scanned ${text}`, (requestId) =>
      call('loans.renewScanned', { text, requestId }),
    );
    const { shelf: t } = texts();
    switch (answer.kind) {
      case 'denied':
        return { outcomes: [], report: reportDenied(answer.denied) };
      case 'not-yours': {
        const hint = fill(t.notYoursHint, { text: answer.text });
        return { outcomes: [], report: { title: t.notYours, hint, lines: [], tone: 'no' } };
      }
      default:
        return { outcomes: [answer.outcome], report: null, scanned: answer.title };
    }
  });
}

async function ask(write: () => Promise<Renewal>): Promise<Renewal> {
  try {
    return await write();
  } catch (error) {
    const failed = lostResult(error);
    return { outcomes: [], report: { title: failed.title, hint: '', lines: [], tone: 'no' }, failed };
  }
}

function lostResult(error: unknown): RenewResult {
  const { title, hint } = faultNotice(error);
  if (!asFault(error).retryable) return { title, hint, quote: '', tone: 'no' };
  return { title: fill(texts().shelf.lost, { fault: title }), hint: '', quote: '', tone: 'no' };
}

/** The loans after renewing, in the order in which they stood, and what became of each that was asked for. */
export interface Settled {
  loans: Loan[];
  results: Record<string, RenewResult>;
  /** When the library said so; absent when it could not be asked again */
  asOf?: string;
}

/** Reads the loans again after renewing. */
export async function settle(before: readonly Loan[], outcomes: readonly RenewOutcome[]): Promise<Settled> {
  const read = await readAgain();
  const results = outcomes.map((outcome) => {
    const was = before.find(({ loanId }) => loanId === outcome.loanId);
    const is = read?.loans.find(({ loanId }) => loanId === outcome.loanId);
    return [outcome.loanId, renewResult(outcome, was, is, texts(), language())] as const;
  });
  return {
    loans: afterRenewing(before, outcomes, read?.loans),
    results: Object.fromEntries(results),
    ...(read && { asOf: read.asOf }),
  };
}

async function readAgain(): Promise<{ loans: Loan[]; asOf: string } | undefined> {
  try {
    const answer = await call('loans.list', {});
    return 'denied' in answer || answer.state === 'stale' ? undefined : answer;
  } catch {
    // The results then say that nobody could look.
    return undefined;
  }
}
