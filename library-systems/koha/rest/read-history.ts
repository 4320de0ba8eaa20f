import * as v from 'valibot';
import type { PageInput } from '../../../contracts/fields';
import type { PastLoan } from '../../../contracts/personal';
import type { Refusal } from '../../circulation';
import { zonedTimestampOf } from '../../zoned-time';
import { branchNamed } from '../connection';
import type { Koha } from '../connection';
import { NO_SUCH_PATRON } from '../denials';
import { isKohaNumber } from '../read-patron-info';
import type { Rest } from './rest-client';

const When = v.pipe(v.string(), v.isoTimestamp());
/** A copy that was discarded since is embedded as null. */
const Checkout = v.object({
  checkout_id: v.pipe(v.number(), v.integer()),
  checkout_date: When,
  checkin_date: v.nullish(When),
  due_date: v.nullish(When),
  library_id: v.nullish(v.string()),
  renewals_count: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
  item: v.nullish(
    v.object({
      callnumber: v.nullish(v.string()),
      biblio_id: v.nullish(v.number()),
      biblio: v.nullish(v.object({ title: v.nullish(v.string()), author: v.nullish(v.string()) })),
    }),
  ),
});

/**
 * Ended loans, newest first, as long as the library keeps them in the reader's name
 * (`GET /checkouts?checked_in=1`). @throws {LibraryFault}
 */
export async function readHistory(
  koha: Koha,
  rest: Rest,
  ref: string,
  { page, pageSize }: PageInput,
): Promise<{ items: PastLoan[]; total: number } | Refusal> {
  if (!isKohaNumber(ref)) return { denied: NO_SUCH_PATRON };
  const { timeZone } = koha.config;
  const local = (time: string): string => zonedTimestampOf(Date.parse(time), timeZone);
  const { entries, total } = await rest.readPage(
    {
      path: '/checkouts',
      query: { patron_id: ref, checked_in: 1, _order_by: '-checkin_date|-checkout_id' },
      headers: { 'x-koha-embed': 'item,item.biblio' },
    },
    Checkout,
    { page, perPage: pageSize },
  );
  const items = entries.map(({ item, ...checkout }): PastLoan => {
    const { library_id: branch, renewals_count: renewals } = checkout;
    return {
      loanId: String(checkout.checkout_id),
      ...(typeof item?.biblio_id === 'number' && { bibId: String(item.biblio_id) }),
      title: item?.biblio?.title ?? '',
      ...(item?.biblio?.author && { author: item.biblio.author }),
      ...(item?.callnumber && { callNumber: item.callnumber }),
      ...(branch && { branch: branchNamed(koha, branch).name }),
      loanedAt: local(checkout.checkout_date),
      ...(checkout.due_date && { dueAt: local(checkout.due_date) }),
      ...(checkout.checkin_date && { returnedAt: local(checkout.checkin_date) }),
      ...(typeof renewals === 'number' && { renewals }),
    };
  });
  return { items, total };
}
