import type * as v from 'valibot';
import type { FeedbackListInput, FeedbackListOutput } from '../../../contracts/feedback';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { askSoon, findTicket, listTicketHeads } from '../../stores/feedback';
import { findFilesOf } from '../../stores/feedback-files';
import { usualWait } from '../../stores/feedback-desk';
import { countOften } from '../../stores/rates';
import { isBeingChecked } from './is-being-checked';
import { toTicket } from './to-wire';

const PAGE = 10;
const CURSOR = /^(\d{1,16})~([\w-]{16,64})$/;

/** The caller's tickets, the one that changed last first, and how long answers usually take. */
export async function listTickets(
  context: Context,
  { before }: v.InferOutput<typeof FeedbackListInput>,
): Promise<v.InferOutput<typeof FeedbackListOutput>> {
  const { openid } = context;
  const now = context.now();
  await countOften(openid, 'feedback.read', now);
  const heads = (await listTicketHeads(openid)).filter(isBefore(before));
  const page = heads.slice(0, PAGE);
  const ids = page.map(({ id }) => id);
  const [found, files, usual] = await Promise.all([
    Promise.all(ids.map((id) => findTicket(openid, id))),
    findFilesOf(openid, ids),
    usualWait(now),
  ]);
  // what was removed meanwhile is not there any more
  const tickets = found.filter((ticket) => ticket !== undefined);
  await askSoon(
    openid,
    tickets.filter((ticket) => isBeingChecked(ticket, files)).map(({ _id }) => _id),
    now,
  );
  const last = page.at(-1);
  return {
    tickets: tickets.map((ticket) => toTicket(context.desk(), ticket, files)),
    ...(last && heads.length > PAGE && { next: `${last.changedAt}~${last.id}` }),
    ...(usual !== undefined && { usualMinutes: Math.max(1, Math.round(usual / 60_000)) }),
  };
}

function isBefore(before: string | undefined): (head: { id: string; changedAt: number }) => boolean {
  if (before === undefined) return () => true;
  const [, time, id = ''] = CURSOR.exec(before) ?? [];
  if (time === undefined) throw new AppError('BAD_REQUEST', 'before: expected the next of a page');
  const at = Number(time);
  return (head) => head.changedAt < at || (head.changedAt === at && head.id < id);
}
