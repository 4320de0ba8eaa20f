import * as v from 'valibot';
import { Loan } from '../../contracts/loans';
import { table } from '../cloud/database';
import type { Sealer } from '../runtime/sealed';
import type { Binding, BindingDocument } from './binding';
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

export interface LoanSnapshot {
  loans: Loan[];
  /** ms since the epoch */
  asOf: number;
}

export async function keepLoans(
  sealer: Sealer,
  binding: Binding,
  { loans, asOf }: LoanSnapshot,
): Promise<void> {
  const { openid, bindingId } = binding;
  const sealed = sealer.seal(loans, { owner: openid, purpose: PURPOSE });
  await table(COLLECTION).updateWhere({ _id: openid, bindingId }, { loans: sealed, loansAsOf: asOf });
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
