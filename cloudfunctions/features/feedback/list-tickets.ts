import type * as v from 'valibot';
import type { FeedbackListInput, FeedbackListOutput, Ticket } from '../../../contracts/feedback';
import type { Context } from '../../runtime/context';
import { askSoon, findTicket, listTicketPlaces } from '../../stores/feedback';
import { findFilesOf } from '../../stores/feedback-files';
import { usualWait } from '../../stores/feedback-desk';
import { countOften } from '../../stores/rates';
import { isBeingChecked } from './is-being-checked';
import { toTicket } from './to-wire';

const PAGE = 10;
/** Of a ticket's first text, characters: more than a line of the list shows. All texts of ten may be more than 1 MB. */
const BEGINNING = 200;

/** The caller's tickets, the one that changed last first, and how long answers usually take. */
export async function listTickets(
  context: Context,
  { before }: v.InferOutput<typeof FeedbackListInput>,
): Promise<v.InferOutput<typeof FeedbackListOutput>> {
  const { openid } = context;
  const now = context.now();
  await countOften(openid, 'feedback.read', now);
  const places = await listTicketPlaces(openid, before, PAGE + 1);
  const page = places.slice(0, PAGE);
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
  return {
    tickets: tickets.map((ticket) => inList(toTicket(context.desk(), ticket, files))),
    ...(places.length > PAGE && { next: page.at(-1)!.place }),
    ...(usual !== undefined && { usualMinutes: Math.max(1, Math.round(usual / 60_000)) }),
  };
}

const inList = (ticket: Ticket): Ticket => ({
  ...ticket,
  entries: ticket.entries.map((entry, place) => ({
    ...entry,
    text: place === 0 ? beginningOf(entry.text) : '',
  })),
});

function beginningOf(text: string): string {
  const letters = [...text];
  return letters.length <= BEGINNING ? text : `${letters.slice(0, BEGINNING - 1).join('')}…`;
}
