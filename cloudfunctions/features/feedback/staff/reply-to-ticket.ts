import { MAX_ENTRIES } from '../../../../contracts/feedback';
import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { requireFound } from '../../../runtime/require';
import { writeAudit } from '../../../stores/audit';
import { changeTicket } from '../../../stores/feedback';
import { findForStaff } from '../../../stores/feedback-desk';
import {
  answerSubject,
  textsOf,
  waitingSince,
  withEntry,
  type TicketDocument,
} from '../../../stores/feedback-ticket';
import { announce } from '../../../stores/messages';
import type { StaffInput, StaffOutput } from './staff-input';
import { aboutOf, showToStaff } from './to-staff-ticket';

/** WeChat lets a mini program answer for so long after a reader wrote to customer service, ms. */
const CHAT_WINDOW = 48 * 3_600_000;
/** Characters of what WeChat takes as one message, 2,048 bytes, with room for what is said of the rest. */
const MOST_IN_CHAT = 450;
const REST = '…\n（全文见小程序“提问与反馈” / The rest is in the mini program）';

/** Sends a text to a reader who wrote to customer service; see cloud/customer-message.ts. Does not throw. */
export type SendToChat = (
  openid: string,
  text: string,
) => Promise<{ outcome: 'sent' | 'refused' | 'unknown' }>;

/** Answers a ticket, tells the reader so, and writes to the chat, too, where it came from there and that is open. */
export async function replyToTicket(
  context: Context,
  { by, id, text }: StaffInput<'feedback.reply'>,
  sendToChat: SendToChat,
): Promise<StaffOutput<'feedback.reply'>> {
  requireFound(await findForStaff(id), 'ticket');
  const now = context.now();
  await writeAudit({ by, action: 'feedback.reply', details: { ticket: id } }, now);
  const desk = context.desk();
  let isNew = false;
  const replied = await changeTicket(id, async (ticket, tables) => {
    if (!ticket.visible) return undefined;
    const place = ticket.entries.length;
    isNew = !isRepeated(ticket);
    if (!isNew) return ticket;
    if (place >= MAX_ENTRIES) throw new AppError('BAD_REQUEST', 'the ticket is full');
    const about = aboutOf(desk, ticket);
    const body = { kind: 'feedbackAnswered', ticket: id, about } as const;
    await announce(tables, desk, { openid: ticket.owner, body, subject: answerSubject(id, place) }, now);
    return {
      ...withEntry(desk, ticket, { from: 'library', at: now, check: 'passed', pictures: [] }, text),
      ...firstAnswer(ticket),
    };
  });
  const ticket = requireFound(replied, 'ticket');
  return { ...(await showToStaff(context, ticket)), ...(await tellInChat(ticket)) };

  /** An order whose answer was lost is given again. */
  function isRepeated(before: TicketDocument): boolean {
    return before.entries.at(-1)?.from === 'library' && textsOf(desk, before).at(-1) === text;
  }

  function firstAnswer(before: TicketDocument): Partial<TicketDocument> {
    const since = waitingSince(before);
    const isFirst = !before.entries.some(({ from }) => from === 'library');
    return isFirst && since !== undefined ? { answeredAt: now, waited: Math.max(0, now - since) } : {};
  }

  async function tellInChat({
    via,
    at,
    owner,
  }: TicketDocument): Promise<Pick<StaffOutput<'feedback.reply'>, 'chat'>> {
    if (via !== 'chat') return {};
    // whether it was sent the first time is not known; twice would be worse
    if (!isNew) return { chat: 'unknown' };
    if (now >= at + CHAT_WINDOW) return { chat: 'late' };
    const letters = [...text];
    const short = letters.length <= MOST_IN_CHAT ? text : `${letters.slice(0, MOST_IN_CHAT).join('')}${REST}`;
    return { chat: (await sendToChat(owner, short)).outcome };
  }
}
