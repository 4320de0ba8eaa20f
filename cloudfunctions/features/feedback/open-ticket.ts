import * as v from 'valibot';
import { FeedbackSendInput, type FeedbackSendOutput, type Ticket } from '../../../contracts/feedback';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { findTicket, ticketIdOf } from '../../stores/feedback';
import type { Checks } from './checks';
import { writeEntry } from './write-entry';

/**
 * Opens a ticket, once for one request id of a reader. The caller has to know for sure whose the openid is.
 * @throws {AppError} BUSY; BAD_REQUEST when the id was used for something else, or the text does not fit
 */
export async function openTicket(
  context: Pick<Context, 'desk' | 'now'>,
  { openid, via, ...given }: v.InferInput<typeof FeedbackSendInput> & { openid: string; via: Ticket['via'] },
  checks: Checks,
): Promise<FeedbackSendOutput> {
  const parsed = v.safeParse(FeedbackSendInput, given);
  if (!parsed.success) throw new AppError('BAD_REQUEST', 'a ticket that does not fit');
  const { kind, text, pictures, requestId } = parsed.output;
  const ticket = ticketIdOf(context.desk(), openid, requestId);
  return writeEntry(
    context,
    {
      openid,
      ticket,
      found: await findTicket(openid, ticket),
      begin: { kind, via },
      text,
      pictures,
      requestId,
    },
    checks,
  );
}
