import type { ReportLoan } from '../../../../contracts/report/loan';
import type { PatronAccess } from '../../../../library-systems/circulation';
import { LibraryFault } from '../../../../library-systems/library-fault';
import type { LibrarySystem } from '../../../../library-systems/library-system';
import { accessTo } from '../../../readers/reader';
import { AppError } from '../../../runtime/app-error';
import { localDate } from '../../../runtime/format-time';
import type { OpenBinding } from '../../../stores/bindings';
import { findSeenLoans } from '../../../stores/seen-loans';
import type { Maker } from './run';
import { fromLoan, fromPastLoan } from './to-report-loan';

const PAGE_SIZE = 50;
/** Nobody has borrowed so much; a library that always has one more page would be asked for ever. */
const MOST_PAGES = 400;

/** What there is of a reader's loans. */
export type FoundHistory =
  | {
      kind: 'loans';
      source: 'library' | 'seen';
      /** Complete from this day only, `YYYY-MM-DD`. */
      from?: string;
      readerType?: string;
      readerTypeName?: string;
      loans: ReportLoan[];
    }
  /** The library does not serve this card. */
  | { kind: 'denied'; libraryText?: string }
  /** Neither the library nor we can tell. */
  | { kind: 'noSource' }
  /** The library would tell, but the reader has to sign in there again. */
  | { kind: 'signIn' }
  /** The binding under which the reader opted in has ended. */
  | { kind: 'unbound' };

/**
 * All loans of a reader as the library tells them or, where it does not tell or would have to be asked with the
 * PIN, as they were seen here.
 * @param isMade there is a report already: what was seen here must not take the place of what the library told
 * @throws {LibraryFault} the library does not answer
 */
export async function findHistory(
  context: Maker,
  binding: OpenBinding,
  isMade: boolean,
): Promise<FoundHistory> {
  const library = await context.library();
  const type = binding.profile?.readerType;
  const readerType = type && { readerType: type.code, readerTypeName: type.name };
  try {
    const told = await askLibrary(library, binding);
    if (told) return told.kind === 'loans' ? { ...told, ...readerType } : told;
  } catch (error) {
    // sign-in is the reader's own: without it there is what we have seen
    if (!(error instanceof AppError && (error.code === 'SIGN_IN_AGAIN' || error.code === 'UNSUPPORTED')))
      throw error;
    const mayAskLater = error.code === 'SIGN_IN_AGAIN' && library.afterBinding === 'session';
    if (mayAskLater && (isMade || binding.historySince === undefined)) return { kind: 'signIn' };
  }
  if (binding.historySince === undefined) return { kind: 'noSource' };
  const seen = await findSeenLoans(context.desk(), binding);
  return {
    ...{ kind: 'loans', source: 'seen', from: localDate(binding.historySince, library.timeZone) },
    ...{ loans: seen.map(fromPastLoan), ...readerType },
  };
}

/** @returns undefined when it has no history */
async function askLibrary(
  { loans: port, ...library }: LibrarySystem,
  binding: OpenBinding,
): Promise<FoundHistory | undefined> {
  if (!port?.history) return undefined;
  const access = accessTo({ ...library, loans: port }, binding);
  // first what is out: a book that comes back meanwhile is in both, rather than in neither
  const open = await port.list(access);
  if ('denied' in open) return refusal(open.denied);
  const loans = open.loans.map(fromLoan);
  const past = await readPages(port.history, access);
  if ('denied' in past) return refusal(past.denied);
  return { kind: 'loans', source: 'library', loans: [...loans, ...past.loans] };
}

const refusal = ({ libraryText }: { libraryText?: string | undefined }): FoundHistory => ({
  kind: 'denied',
  ...(libraryText !== undefined && { libraryText }),
});

type History = NonNullable<NonNullable<LibrarySystem['loans']>['history']>;

async function readPages(
  history: History,
  access: PatronAccess,
): Promise<{ loans: ReportLoan[] } | Extract<Awaited<ReturnType<History>>, { denied: unknown }>> {
  const loans: ReportLoan[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await history(access, { page, pageSize: PAGE_SIZE });
    if ('denied' in answer) return answer;
    for (const past of answer.items) loans.push(fromPastLoan(past));
    if (answer.items.length === 0 || page * PAGE_SIZE >= answer.total) return { loans };
  }
  throw new LibraryFault('GARBLED', 'a history without end');
}
