import * as v from 'valibot';
import type { Fine } from '../../../contracts/loans';
import { centsOf } from '../../cents';
import { LibraryFault } from '../../library-fault';
import { isRunning, reasonOf } from '../debit-types';
import type { Rest } from './rest-client';

const Line = v.object({
  account_line_id: v.pipe(v.number(), v.integer()),
  amount_outstanding: v.number(),
  /** Koha 19.05. */
  account_type: v.nullish(v.string()),
  /** Since 19.11. */
  debit_type: v.nullish(v.string()),
  description: v.nullish(v.string()),
  status: v.nullish(v.string()),
  date: v.nullish(v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d/))),
});
const Account = v.object({ outstanding_debits: v.object({ lines: v.array(Line) }) });

/** What is open on a reader's account (`GET /patrons/{id}/account`). @throws {LibraryFault} */
export async function readAccount(rest: Rest, ref: string): Promise<Fine[]> {
  const { outstanding_debits: debits } = await rest.read({ path: `/patrons/${ref}/account` }, Account);
  return debits.lines.flatMap((line) => {
    const amountCents = centsOf(line.amount_outstanding);
    if (amountCents === undefined)
      throw new LibraryFault('GARBLED', 'REST /patrons/…/account named no amount');
    if (amountCents <= 0) return [];
    const type = line.debit_type ?? line.account_type ?? '';
    return {
      fineId: String(line.account_line_id),
      amountCents,
      reason: reasonOf(type),
      ...(line.description && { libraryText: line.description }),
      ...(line.date && { date: line.date.slice(0, 10) }),
      running: isRunning(type, line.status ?? undefined),
    };
  });
}
