import { RenewOutput, type Loan, type RenewOutcome } from '../../../contracts/loans';
import type { Loans } from '../../../library-systems/circulation';
import { LibraryFault } from '../../../library-systems/library-fault';
import { performOnce } from '../../readers/perform-once';
import type { Reader } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';
import { keepLoans } from '../../stores/loan-snapshots';
import { applyOutcomes, BeforeRenewal, settleByList } from './settle-renewal';

/** As many as one request to a library may name. */
const BATCH = 100;

/** What is done about one loan: the library is asked, or the answer is known. */
export type Choice = { ask: Loan } | { answer: RenewOutcome };

/**
 * Renews what a choice among the reader's loans names; outcomes stand in the order of the choice.
 * @param key.asked what tells this request from others
 */
export async function performRenewal(
  context: Context,
  { binding, library, access }: Reader,
  key: { requestId: string; asked: unknown },
  choose: (loans: readonly Loan[]) => Choice[],
): Promise<RenewOutput> {
  const port = requireCapability(library.loans, 'loans');
  let listed: Loan[] = [];
  return performOnce<BeforeRenewal, RenewOutput>(context, binding, key, {
    before: BeforeRenewal,
    outcome: RenewOutput,
    async read() {
      const answer = await port.list(access);
      if ('denied' in answer) return { answer: { outcomes: [], denied: answer.denied } };
      listed = answer.loans;
      const choices = choose(listed);
      if (choices.every((choice) => 'answer' in choice)) {
        return { answer: { outcomes: choices.map(({ answer }) => answer) } };
      }
      return { before: choices.map((choice) => ('answer' in choice ? choice : toBefore(choice.ask))) };
    },
    write: async (before) => ({ outcomes: await renew(port, access, before) }),
    async settle(before, outcome) {
      const answer = await port.list(access);
      if ('denied' in answer) return outcome ?? lost(before);
      return { outcomes: settleByList(before, outcome?.outcomes, answer.loans) };
    },
    lost,
    isSettled: ({ outcomes }) => outcomes.every(({ status }) => status !== 'unknown'),
    // what was only refused may be asked for again, and is not kept
    isFinal: ({ outcomes }) => outcomes.some(({ status }) => status === 'renewed'),
    async alsoKeep({ outcomes }) {
      if (listed.length === 0 || !outcomes.some(({ status }) => status === 'renewed')) return;
      const loans = applyOutcomes(listed, outcomes);
      await keepLoans(context.desk(), binding, { loans, asOf: context.now() });
    },
  });
}

const toBefore = ({ loanId, dueAt, renewal }: Loan): BeforeRenewal[number] => ({
  loanId,
  dueAt,
  ...(renewal.left !== undefined && { left: renewal.left }),
});

const lost = (before: BeforeRenewal): RenewOutput => ({
  outcomes: before.map((one) =>
    'answer' in one ? one.answer : { loanId: one.loanId, status: 'unknown' as const },
  ),
});

async function renew(port: Loans, access: Reader['access'], before: BeforeRenewal): Promise<RenewOutcome[]> {
  const asked = before.flatMap((one) => ('answer' in one ? [] : [one.loanId]));
  const outcomes = new Map<string, RenewOutcome>();
  for (let from = 0; from < asked.length; from += BATCH) {
    const batch = asked.slice(from, from + BATCH);
    for (const outcome of await renewBatch(port, access, batch, from === 0)) {
      outcomes.set(outcome.loanId, outcome);
    }
  }
  return before.map((one) =>
    'answer' in one ? one.answer : (outcomes.get(one.loanId) ?? { loanId: one.loanId, status: 'unknown' }),
  );
}

/**
 * What the batches before have done stands, so that a library that goes away
 * after them is an outcome; before any it is a fault, and all may be tried again.
 */
async function renewBatch(
  port: Loans,
  access: Reader['access'],
  loanIds: readonly string[],
  isFirst: boolean,
): Promise<readonly RenewOutcome[]> {
  try {
    return await port.renew(access, loanIds);
  } catch (error) {
    if (isFirst || !(error instanceof LibraryFault)) throw error;
    if (error.mayHaveHappened) return [];
    return loanIds.map((loanId) => ({ loanId, status: 'refused', code: 'OFFLINE' }));
  }
}
