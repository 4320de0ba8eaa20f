import * as v from 'valibot';
import type { Loan, RenewOutcome } from '../../contracts/loans';
import type { Loans } from '../circulation';
import { beforeWrite } from '../before-write';
import { renewInTurn } from '../renew-in-turn';
import { zonedTimestampOf } from '../zoned-time';
import { NO_SUCH_USER } from './connection';
import type { Circulating } from './connection';
import { readAccount } from './read-account';
import type { EdgeLoan } from './read-account';
import { callNumberOf, findItems } from './read-copies';
import type { FolioItem } from './read-copies';
import { readHistory } from './read-history';

const Renewed = v.object({ dueDate: v.pipe(v.string(), v.isoTimestamp()) });

export function createLoans(folio: Circulating): Loans {
  return {
    list: async ({ ref }) => {
      const account = await readAccount(folio, ref, 'loans');
      if (!account) return { denied: NO_SUCH_USER };
      // edge-patron names no barcodes.
      const ids = account.entries.map(({ item }) => item.itemId);
      const items = new Map((await findItems(folio, 'id', ids)).map((item) => [item.id, item]));
      const loans = await Promise.all(
        account.entries.map((loan) => describeLoan(folio, loan, items.get(loan.item.itemId))),
      );
      return { loans: loans.sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0)) };
    },
    renew: ({ ref }, loanIds) => renewLoans(folio, ref, loanIds),
    ...(folio.config.history && { history: ({ ref }, page) => readHistory(folio, ref, page) }),
  };
}

async function describeLoan(
  { places, config, clock }: Circulating,
  { id, item, loanDate, dueDate }: EdgeLoan,
  copy: FolioItem | undefined,
): Promise<Loan> {
  const local = (time: string): string => zonedTimestampOf(Date.parse(time), config.timeZone);
  const callNumber = copy && callNumberOf(copy);
  const place = copy?.effectiveLocation?.id;
  return {
    loanId: id,
    ...(item.instanceId && { bibId: item.instanceId }),
    itemBarcode: copy?.barcode ?? '',
    title: item.title ?? '',
    ...(item.author && { author: item.author }),
    ...(callNumber !== undefined && { callNumber }),
    ...(place && { branch: (await places.location(place)).branch }),
    ...(loanDate && { loanedAt: local(loanDate) }),
    dueAt: local(dueDate),
    overdue: Date.parse(dueDate) < clock.now(),
    // FOLIO tells only when it is asked to renew.
    renewal: { allowed: true, unsure: true },
  };
}

async function renewLoans(
  folio: Circulating,
  ref: string,
  loanIds: readonly string[],
): Promise<RenewOutcome[]> {
  if (loanIds.length === 0) return [];
  const account = await beforeWrite(readAccount(folio, ref, 'loans'));
  if (!account) return loanIds.map((loanId) => ({ loanId, status: 'refused', ...NO_SUCH_USER }));
  const own = new Map(account.entries.map((loan): [string, EdgeLoan] => [loan.id, loan]));
  return renewInTurn(own, loanIds, (loan) => renewLoan(folio, account.id, loan));
}

async function renewLoan(
  folio: Circulating,
  id: string,
  { id: loanId, item }: EdgeLoan,
): Promise<RenewOutcome> {
  const path = [id, 'item', item.itemId, 'renew'];
  const answer = await folio.edge.ask({ method: 'POST', path }, Renewed);
  if ('refused' in answer) {
    return { loanId, status: 'refused', ...folio.renewalRefusal(answer.refused.text) };
  }
  const dueAt = zonedTimestampOf(Date.parse(answer.data.dueDate), folio.config.timeZone);
  return { loanId, status: 'renewed', dueAt };
}
