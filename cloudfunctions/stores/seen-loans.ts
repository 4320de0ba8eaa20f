import * as v from 'valibot';
import { PastLoan } from '../../contracts/personal';
import { command, table, type TransactionTable } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';
import type { Sealer } from '../runtime/sealed';
import { LONGEST_ON_ITS_WAY, type Binding, type BindingDocument } from './binding';
import { openSealed } from './open-sealed';

const COLLECTION = 'seen_loans';
const PURPOSE = `${COLLECTION}.loans`;

/** The loans of one reader that began in one year. */
interface SeenLoansDocument {
  /** openid, colon, year. */
  _id: string;
  owner: string;
  bindingId: string;
  loans: string;
}

/** Loans that Shutong has seen for a reader who asked for it, in no order; those without `returnedAt` were open when last seen. */
export async function findSeenLoans(sealer: Sealer, { openid, bindingId }: Binding): Promise<PastLoan[]> {
  const documents = await table<SeenLoansDocument>(COLLECTION).findAll({ owner: openid, bindingId });
  return documents.flatMap((document) => openLoans(sealer, document));
}

/**
 * Keeps what a change makes of the seen loans, if the reader still wants them kept, and no newer list was seen.
 * @param change gets what is kept now; must be free of side effects, for it may run again
 * @param asOf when the list that it takes in was asked for, ms
 */
export async function changeSeenLoans(
  sealer: Sealer,
  { openid, bindingId }: Binding,
  change: (seen: PastLoan[]) => PastLoan[],
  asOf: number,
): Promise<void> {
  await transaction(async (tables) => {
    const binding = await tables<BindingDocument>('bindings').find(openid);
    if (binding?.bindingId !== bindingId || binding.historySince === undefined) return;
    const { historySeenAt = asOf } = binding;
    if (historySeenAt > asOf && historySeenAt <= asOf + LONGEST_ON_ITS_WAY) return;
    // A write to the binding, so that ending it and this exclude each other.
    await tables('bindings').update(openid, { historySeenAt: asOf });
    const documents = tables<SeenLoansDocument>(COLLECTION);
    const stored = (await documents.findAll({ owner: openid })).filter((one) => one.bindingId === bindingId);
    const before = stored.flatMap((document) => openLoans(sealer, document));
    await putYears(documents, sealer, { openid, bindingId }, before, change(before));
  });
}

async function putYears(
  documents: TransactionTable<SeenLoansDocument>,
  sealer: Sealer,
  { openid, bindingId }: { openid: string; bindingId: string },
  before: readonly PastLoan[],
  after: readonly PastLoan[],
): Promise<void> {
  const earlier = byYear(before);
  for (const [year, loans] of byYear(after)) {
    if (JSON.stringify(earlier.get(year)) === JSON.stringify(loans)) continue;
    const _id = `${openid}:${year}`;
    const sealed = sealer.seal(loans, { owner: _id, purpose: PURPOSE });
    await documents.put({ _id, owner: openid, bindingId, loans: sealed });
  }
}

function byYear(loans: readonly PastLoan[]): Map<string, PastLoan[]> {
  const years = new Map<string, PastLoan[]>();
  for (const loan of loans) {
    const year = loan.loanedAt.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), loan]);
  }
  return years;
}

/** @returns how many loans were erased */
export async function eraseSeenLoans(sealer: Sealer, openid: string, now: number): Promise<number> {
  return transaction(async (tables) => {
    // see changeSeenLoans: what is just being recorded must not survive
    await tables('bindings').update(openid, { historySeenAt: now });
    const erased = await eraseSeenIn(tables, openid);
    return erased.flatMap((document) => openLoans(sealer, document)).length;
  });
}

/**
 * Keeps no more loans for a reader, and erases what was kept, in one step: what stayed of it would be shown again once
 * they are kept again.
 */
export async function stopSeeing({ openid, bindingId }: Binding, now: number): Promise<void> {
  await transaction(async (tables) => {
    const bindings = tables<BindingDocument>('bindings');
    if ((await bindings.find(openid))?.bindingId !== bindingId) return;
    await bindings.update(openid, { historySince: command().remove(), historySeenAt: now });
    await eraseSeenIn(tables, openid);
  });
}

export async function eraseSeenIn(tables: Tables, openid: string): Promise<SeenLoansDocument[]> {
  const documents = tables<SeenLoansDocument>(COLLECTION);
  const all = await documents.findAll({ owner: openid });
  for (const { _id } of all) await documents.remove(_id);
  return all;
}

const openLoans = (sealer: Sealer, { _id, loans }: SeenLoansDocument): PastLoan[] =>
  openSealed(sealer, v.array(PastLoan), loans, { owner: _id, purpose: PURPOSE }) ?? [];
