import type { RenewOutcome } from '../../contracts/loans';
import { LibraryFault } from '../library-fault';
import type { Client } from './client';
import type { Words } from './denials';
import { readItem } from './items';
import { renewItem } from './messages';
import { mapLimited } from '../map-limited';
import { readDate } from './times';
import { first } from './wire/parse-answer';

/**
 * Renews loans one by one. Servers renew for any card number that is sent, so
 * only what stands in the reader's own list is asked for.
 * @param patron AA
 * @param own barcodes in the reader's list, by loan id
 * @throws {LibraryFault} only if certainly nothing was renewed
 */
export async function renewLoans(
  client: Client,
  words: Words,
  patron: string,
  own: ReadonlyMap<string | undefined, string>,
  loanIds: readonly string[],
): Promise<RenewOutcome[]> {
  const wanted = [...new Set(loanIds)].filter((loanId) => own.has(loanId));
  const faults: LibraryFault[] = [];
  const outcomes = new Map<string, RenewOutcome>();
  await mapLimited(wanted, client.config.parallel.renewals, async (loanId) => {
    try {
      outcomes.set(loanId, await renewOne(client, words, patron, loanId, own.get(loanId)!));
    } catch (error) {
      if (!(error instanceof LibraryFault)) throw error;
      if (error.mayHaveHappened) outcomes.set(loanId, { loanId, status: 'unknown' });
      else faults.push(error);
    }
  });
  // What the library could certainly not be asked for is a fault when it is all there is.
  if (faults.length > 0 && outcomes.size === 0) throw faults[0]!;
  return loanIds.map((loanId) => {
    const notAsked = own.has(loanId) ? 'OFFLINE' : 'NOT_YOURS';
    return outcomes.get(loanId) ?? { loanId, status: 'refused', code: notAsked };
  });
}

async function renewOne(
  client: Client,
  words: Words,
  patron: string,
  loanId: string,
  barcode: string,
): Promise<RenewOutcome> {
  const { timeZone, dueTimeZone = timeZone } = client.config;
  const answer = await renewItem(client, patron, barcode);
  if (answer.fixed.ok !== '1') return { loanId, status: 'refused', ...words.refusal(answer) };
  const due = first(answer, 'AH');
  const dueAt = (due && readDate(due, timeZone, dueTimeZone)) ?? (await dueOf(client, barcode));
  // Renewed, but nobody can say until when: the list will be read again.
  return dueAt === undefined || dueAt === ''
    ? { loanId, status: 'unknown' }
    : { loanId, status: 'renewed', dueAt };
}

async function dueOf(client: Client, barcode: string): Promise<string | undefined> {
  try {
    return (await readItem(client, barcode))?.dueAt;
  } catch (error) {
    if (error instanceof LibraryFault) return undefined;
    throw error;
  }
}
