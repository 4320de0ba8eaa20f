import * as v from 'valibot';
import type { PageInput } from '../../contracts/fields';
import type { PastLoan } from '../../contracts/personal';
import type { Refusal } from '../circulation';
import { zonedTimestampOf } from '../zoned-time';
import { NO_SUCH_USER } from './connection';
import type { Folio } from './connection';
import { term } from './cql';
import { findUser } from './users';

const When = v.nullish(v.pipe(v.string(), v.isoTimestamp()));
const Text = v.nullish(v.string());
const ClosedLoan = v.object({
  id: v.string(),
  loanDate: v.pipe(v.string(), v.isoTimestamp()),
  dueDate: When,
  returnDate: When,
  renewalCount: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
  item: v.nullish(
    v.object({
      title: Text,
      instanceId: Text,
      callNumber: Text,
      contributors: v.nullish(v.array(v.object({ name: v.string() }))),
    }),
  ),
});

/** Ended loans, newest first, as long as FOLIO does not anonymise them. @throws {LibraryFault} */
export async function readHistory(
  folio: Folio,
  ref: string,
  { page, pageSize }: PageInput,
): Promise<{ items: PastLoan[]; total: number } | Refusal> {
  if (!(await findUser(folio, ref))) return { denied: NO_SUCH_USER };
  const local = (time: string): string => zonedTimestampOf(Date.parse(time), folio.config.timeZone);
  const { entries, total } = await folio.okapi.readPage(
    { path: '/circulation/loans', name: 'loans', entry: ClosedLoan },
    `userId==${term(ref)} and status.name=="Closed" sortby returnDate/sort.descending id`,
    { offset: (page - 1) * pageSize, limit: pageSize },
  );
  const items = entries.map(({ id, loanDate, dueDate, returnDate, renewalCount, item }): PastLoan => {
    const author = item?.contributors?.map(({ name }) => name).join('; ');
    return {
      loanId: id,
      ...(item?.instanceId && { bibId: item.instanceId }),
      title: item?.title ?? '',
      ...(author && { author }),
      ...(item?.callNumber && { callNumber: item.callNumber }),
      loanedAt: local(loanDate),
      ...(dueDate && { dueAt: local(dueDate) }),
      ...(returnDate && { returnedAt: local(returnDate) }),
      ...(typeof renewalCount === 'number' && { renewals: renewalCount }),
    };
  });
  return { items, total };
}
