import type * as v from 'valibot';
import type { FeedbackShowOutput, TicketInput } from '../../../contracts/feedback';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { askSoon, changeTicket, findTicket, markOpened, removeTicket } from '../../stores/feedback';
import { findFilesOf, linksOf } from '../../stores/feedback-files';
import type { TicketDocument } from '../../stores/feedback-ticket';
import { countCall, countOften } from '../../stores/rates';
import { isBeingChecked } from './is-being-checked';
import { toTicket } from './to-wire';

type Input = v.InferOutput<typeof TicketInput>;
type Shown = v.InferOutput<typeof FeedbackShowOutput>;

/** A ticket of the caller's with its pictures; an answer in it counts as read from then on. */
export async function showTicket(context: Context, { id }: Input): Promise<Shown> {
  const { openid } = context;
  await countOften(openid, 'feedback.read', context.now());
  const ticket = requireFound(await findTicket(openid, id), 'ticket');
  if (ticket.unread) await markOpened(ticket);
  return show(context, { ...ticket, unread: false });
}

/** Closes a ticket of the caller's, in whatever state it is. */
export async function closeTicket(context: Context, { id }: Input): Promise<Shown> {
  const { openid } = context;
  await countCall(openid, 'feedback.write', context.now());
  requireFound(await findTicket(openid, id), 'ticket');
  const closed = await changeTicket(id, (ticket) =>
    ticket.owner === openid ? { ...ticket, state: 'closed', unread: false } : undefined,
  );
  return show(context, requireFound(closed, 'ticket'));
}

/** Erases a ticket of the caller's with its pictures; once more does nothing. */
export async function discardTicket(context: Context, { id }: Input): Promise<Record<string, never>> {
  const { openid } = context;
  await countCall(openid, 'feedback.write', context.now());
  await removeTicket(context.desk(), openid, id, context.now());
  return {};
}

async function show(context: Context, ticket: TicketDocument): Promise<Shown> {
  const { openid } = context;
  const files = await findFilesOf(openid, [ticket._id]);
  if (isBeingChecked(ticket, files)) await askSoon(openid, [ticket._id], context.now());
  return { ticket: toTicket(context.desk(), ticket, files), links: await linksOrNone() };

  /** The text is worth showing while the storage is away; the page shows which pictures it has no link to. */
  async function linksOrNone(): Promise<Record<string, string>> {
    try {
      return await linksOf(files);
    } catch (error) {
      if (error instanceof AppError && error.code === 'BUSY') return {};
      throw error;
    }
  }
}
