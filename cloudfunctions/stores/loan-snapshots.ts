import * as v from 'valibot';
import { Loan } from '../../contracts/loans';
import { command, table } from '../cloud/database';
import type { Desk } from '../runtime/context';
import type { Sealer } from '../runtime/sealed';
import { LONGEST_ON_ITS_WAY, type Binding, type BindingDocument } from './binding';
import { openSealed } from './open-sealed';

/**
 * The last good list of a reader's loans. It lies within the binding, so that it
 * ends with it in the same moment: a list that arrives late can never be kept
 * for a card that was just unbound.
 */
const COLLECTION = 'bindings';
const PURPOSE = `${COLLECTION}.loans`;
/** Older lists would mislead more than help, ms. */
const RETENTION_MS = 14 * 86_400_000;
/** How far the time of a kept list may lie behind the last look at the library, ms. */
const KEEP_AGAIN_MS = 5 * 60_000;

export interface LoanSnapshot {
  loans: Loan[];
  /** When the library was asked for it, or told the last of it, ms since the epoch. */
  asOf: number;
}

/**
 * Keeps a list in place of one that is older. A list that is the same as the kept one, and kept not long ago, is not
 * written again.
 */
export async function keepLoans(desk: Desk, binding: Binding, { loans, asOf }: LoanSnapshot): Promise<void> {
  const { openid, bindingId } = binding;
  const loansMark = desk.lookup(PURPOSE, JSON.stringify(loans));
  const age = asOf - (binding.loansAsOf ?? 0);
  if (loansMark === binding.loansMark && age >= 0 && age < KEEP_AGAIN_MS) return;
  const sealed = desk.seal(loans, { owner: openid, purpose: PURPOSE });
  const changes = { loans: sealed, loansAsOf: asOf, loansMark };
  const { lte, gt, exists } = command();
  const bindings = table(COLLECTION);
  // one that was asked for earlier may come later
  const older = lte(asOf).or(gt(asOf + LONGEST_ON_ITS_WAY));
  if ((await bindings.updateWhere({ _id: openid, bindingId, loansAsOf: older }, changes)) > 0) return;
  await bindings.updateWhere({ _id: openid, bindingId, loansAsOf: exists(false) }, changes);
}

export async function findLoans(
  sealer: Sealer,
  { openid, bindingId }: Binding,
  now: number,
): Promise<LoanSnapshot | undefined> {
  const found = await table<BindingDocument>(COLLECTION).find(openid);
  if (found?.bindingId !== bindingId || found.loansAsOf === undefined) return undefined;
  if (now - found.loansAsOf > RETENTION_MS) return undefined;
  const loans = openSealed(sealer, v.array(Loan), found.loans, { owner: openid, purpose: PURPOSE });
  return loans && { loans, asOf: found.loansAsOf };
}
