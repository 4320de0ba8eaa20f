import type * as v from 'valibot';
import type { FeedbackMoreInput, FeedbackSendInput, FeedbackSendOutput } from '../../../contracts/feedback';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { findTicket } from '../../stores/feedback';
import { countCall } from '../../stores/rates';
import type { Checks } from './checks';
import { openTicket } from './open-ticket';
import { writeEntry } from './write-entry';

export async function sendFeedback(
  context: Context,
  input: v.InferOutput<typeof FeedbackSendInput>,
  checks: Checks,
): Promise<FeedbackSendOutput> {
  const { openid } = context;
  await countCall(openid, 'feedback.write', context.now());
  return openTicket(context, { ...input, openid, via: 'app' }, checks);
}

/** Adds to a ticket of the caller's; one that is closed is open again. */
export async function addToTicket(
  context: Context,
  { id, ...rest }: v.InferOutput<typeof FeedbackMoreInput>,
  checks: Checks,
): Promise<FeedbackSendOutput> {
  const { openid } = context;
  await countCall(openid, 'feedback.write', context.now());
  const found = requireFound(await findTicket(openid, id), 'ticket');
  return writeEntry(context, { ...rest, openid, ticket: id, found }, checks);
}
