import type { LoansOutput } from '../../../contracts/loans';
import { LibraryFault } from '../../../library-systems/library-fault';
import { accessTo, requireBinding } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { localDate, timestamp } from '../../runtime/format-time';
import { requireCapability } from '../../runtime/require';
import type { OpenBinding } from '../../stores/bindings';
import { findLoans, keepLoans, type LoanSnapshot } from '../../stores/loan-snapshots';
import { countRead } from '../../stores/rates';
import { changeSeenLoans, findSeenLoans } from '../../stores/seen-loans';
import { addSeen } from './add-seen';
import { byUrgency } from './by-urgency';

/** What the reader has borrowed; when the library does not answer, the last good list with its time. */
export async function listLoans(context: Context): Promise<LoansOutput> {
  const binding = await requireBinding(context);
  await countRead(context.openid, context.now());
  try {
    return await readLoans(context, binding);
  } catch (error) {
    if (!(error instanceof LibraryFault)) throw error;
    const kept = await findLoans(context.desk(), binding, context.now());
    if (!kept) throw error;
    return { state: 'stale', asOf: timestamp(kept.asOf), loans: kept.loans };
  }
}

async function readLoans(context: Context, binding: OpenBinding): Promise<LoansOutput> {
  const library = await context.library();
  const port = requireCapability(library.loans, 'loans');
  // by when they were asked, lists that overtake each other are told apart
  const asOf = context.now();
  const answer = await port.list(accessTo(library, binding));
  if ('denied' in answer) return answer;
  const loans = [...answer.loans].sort(byUrgency);
  await keepLoans(context.desk(), binding, { loans, asOf });
  if (binding.historySince !== undefined && !port.history) {
    await recordSeen(context, binding, { loans, asOf }, localDate(asOf, library.timeZone));
  }
  return { state: 'fresh', asOf: timestamp(asOf), loans };
}

/** Most lists bring nothing new, and then nothing is written. */
async function recordSeen(
  context: Context,
  binding: OpenBinding,
  { loans, asOf }: LoanSnapshot,
  today: string,
): Promise<void> {
  const seen = await findSeenLoans(context.desk(), binding);
  if (JSON.stringify(addSeen(seen, loans, today)) === JSON.stringify(seen)) return;
  await changeSeenLoans(context.desk(), binding, (kept) => addSeen(kept, loans, today), asOf);
}
