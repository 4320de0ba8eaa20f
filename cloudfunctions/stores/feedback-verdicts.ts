import { transaction } from '../cloud/transaction';
import { askAnew, noteVerdict } from './feedback-files';
import { COLLECTION, derive, type TicketDocument } from './feedback-ticket';

/**
 * Writes down a verdict about a picture, and with its ticket that a human is wanted, in one step.
 * @param verdict undefined: there is none, and it is asked for anew
 * @returns whether anything was changed
 */
export async function takePictureVerdict(
  trace: string,
  verdict: 'passed' | 'rejected' | 'review' | undefined,
  now: number,
): Promise<boolean> {
  if (verdict === undefined) return askAnew(trace, now);
  return transaction(async (tables) => {
    const id = await noteVerdict(tables, trace, verdict, now);
    if (id === undefined || verdict !== 'review') return id !== undefined;
    const tickets = tables<TicketDocument>(COLLECTION);
    const ticket = await tickets.find(id);
    if (ticket) await tickets.put(derive({ ...ticket, pictureReview: true }));
    return true;
  });
}
