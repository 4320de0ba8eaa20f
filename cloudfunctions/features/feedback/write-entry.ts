import type { FeedbackSendOutput, Ticket } from '../../../contracts/feedback';
import { AppError } from '../../runtime/app-error';
import type { Context, Desk } from '../../runtime/context';
import { addEntry, findTicket, requestKeyOf, wouldBeTooMany } from '../../stores/feedback';
import { watchErasures } from '../../stores/erasures';
import { findFilesOf, removeUploads } from '../../stores/feedback-files';
import type { EntryRecord, TicketDocument } from '../../stores/feedback-ticket';
import { withLease } from '../../stores/leases';
import { beginCheck } from './begin-check';
import { nextTry, type Checks, type TextVerdict } from './checks';
import { takeInPictures } from './take-in-pictures';
import { toTicket } from './to-wire';

/** What a reader writes, into a new ticket or one of theirs. */
interface Writing {
  openid: string;
  ticket: string;
  /** The ticket as it is; absent when there is none yet. */
  found: TicketDocument | undefined;
  /** For a new one. */
  begin?: Pick<Ticket, 'kind' | 'via'>;
  text: string;
  pictures: readonly string[];
  requestId: string;
}

/** What an answer that is no refusal makes of the text. Where WeChat has given no word, it is asked again later. */
const CHECK: Record<Exclude<TextVerdict, 'risky'>, EntryRecord['check']> = {
  pass: 'passed',
  review: 'review',
  unavailable: 'pending',
  limited: 'pending',
};

/** Checks what a reader writes and keeps it, once for one request id. @throws {AppError} BUSY, BAD_REQUEST, NOT_FOUND */
export async function writeEntry(
  context: Pick<Context, 'desk' | 'now'>,
  { openid, ticket, found, begin, text, pictures, requestId }: Writing,
  checks: Checks,
): Promise<FeedbackSendOutput> {
  const desk = context.desk();
  const erasures = await watchErasures(desk.lookup, openid);
  const request = requestKeyOf(desk, openid, requestId);
  const asked = desk.lookup('feedback.asked', JSON.stringify([begin?.kind, text, pictures]));
  const earlier = found?.entries.find((entry) => entry.request === request);
  if (found && earlier) return answer(desk, found, earlier, asked);
  const tooMany = await wouldBeTooMany(openid, found);
  if (tooMany) return (await served()) ?? { status: 'tooMany', what: tooMany };

  const verdict = await checks.checkText(openid, text);
  if (verdict === 'risky') return { status: 'rejected' };
  const check = CHECK[verdict];
  // from the copying on one at a time: another call must not copy something else to where it is being checked
  const { added, ids } = await withLease(openid, async (lease) => {
    await erasures.requireNone();
    const taken = await takeInPictures(desk, openid, pictures, { now: context.now(), lease });
    if ('badPicture' in taken) return { added: taken, ids: [] };
    const now = context.now();
    const entry = { openid, ticket, text, check, request, asked, pictures: taken.ids };
    const wanted = {
      ...entry,
      ...(begin && { begin }),
      ...(check === 'pending' && { due: nextTry(0, now) }),
    };
    return { added: await addEntry(desk, wanted, now), ids: taken.ids };
  });
  if ('badPicture' in added) return (await served()) ?? { status: 'badPicture', index: added.badPicture };
  if ('gone' in added) throw new AppError('NOT_FOUND', 'no such ticket');
  if ('tooMany' in added) return { status: 'tooMany', what: added.tooMany };
  if (ids.length > 0) await lookAtPictures(context, openid, ticket, ids, checks);
  return answer(desk, added.ticket, added.entry, asked);

  /** The same tap, served a moment before, may itself be the one too many, or have used the pictures. */
  async function served(): Promise<FeedbackSendOutput | undefined> {
    const now = await findTicket(openid, ticket);
    const entry = now?.entries.find((one) => one.request === request);
    return now && entry && answer(desk, now, entry, asked);
  }
}

/** Begins what the job would begin otherwise; whatever becomes of it, the entry is kept. */
async function lookAtPictures(
  context: Pick<Context, 'now'>,
  openid: string,
  ticket: string,
  ids: readonly string[],
  checks: Checks,
): Promise<void> {
  const files = (await findFilesOf(openid, [ticket])).filter(({ _id }) => ids.includes(_id));
  await Promise.allSettled([
    removeUploads(files),
    ...files.map((file) => beginCheck(file, checks, context.now())),
  ]);
}

async function answer(
  desk: Desk,
  ticket: TicketDocument,
  entry: EntryRecord,
  asked: string,
): Promise<FeedbackSendOutput> {
  if (entry.asked !== asked) throw new AppError('BAD_REQUEST', 'the request id was used for something else');
  if (entry.check === 'rejected') return { status: 'rejected' };
  const files = await findFilesOf(ticket.owner, [ticket._id]);
  const status = entry.check === 'passed' ? 'sent' : 'unchecked';
  return { status, ticket: toTicket(desk, ticket, files) };
}
