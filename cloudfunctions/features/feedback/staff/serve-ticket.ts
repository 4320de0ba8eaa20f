import type { Context } from '../../../runtime/context';
import { requireFound } from '../../../runtime/require';
import { writeAudit } from '../../../stores/audit';
import { changeTicket, withVerdict } from '../../../stores/feedback';
import { findForStaff } from '../../../stores/feedback-desk';
import { judgeFilesIn, rejectFilesIn } from '../../../stores/feedback-files';
import { turnOf, type TicketDocument } from '../../../stores/feedback-ticket';
import type { StaffInput, StaffOutput } from './staff-input';
import { showToStaff } from './to-staff-ticket';

export async function showForStaff(
  context: Context,
  { by, id }: StaffInput<'feedback.show'>,
): Promise<StaffOutput<'feedback.show'>> {
  await begin(context, 'feedback.show', by, { ticket: id });
  return showToStaff(context, requireFound(await findForStaff(id), 'ticket'));
}

export async function closeForStaff(
  context: Context,
  { by, id }: StaffInput<'feedback.close'>,
): Promise<StaffOutput<'feedback.close'>> {
  await begin(context, 'feedback.close', by, { ticket: id });
  return changeSeen(context, id, (ticket) => ({ ...ticket, state: 'closed' }));
}

/** It is whose turn it was before it was closed; one that is not closed stays as it is. */
export async function reopenForStaff(
  context: Context,
  { by, id }: StaffInput<'feedback.reopen'>,
): Promise<StaffOutput<'feedback.reopen'>> {
  await begin(context, 'feedback.reopen', by, { ticket: id });
  return changeSeen(context, id, (ticket) =>
    ticket.state === 'closed' ? { ...ticket, state: turnOf(ticket) } : ticket,
  );
}

export async function judgeEntry(
  context: Context,
  { by, id, place, pass }: StaffInput<'feedback.judge'>,
): Promise<StaffOutput<'feedback.judge'>> {
  await begin(context, 'feedback.judge', by, { ticket: id, place, pass });
  const now = context.now();
  let judged = false;
  const shown = await changeSeen(context, id, async (ticket, tables) => {
    const entry = requireFound(ticket.entries[place], 'entry');
    const files = await judgeFilesIn(tables, { ticket: id, ids: entry.pictures, pass }, now);
    const pictureReview = files.waits;
    judged = files.judged > 0 || entry.check === 'review';
    if (entry.check !== 'review') return { ...ticket, pictureReview };
    if (!pass) await rejectFilesIn(tables, entry.pictures, now);
    const check = pass ? 'passed' : 'rejected';
    return { ...withVerdict(ticket, place, { check }), pictureReview };
  });
  return { ...shown, judged };
}

async function begin(
  context: Context,
  action: string,
  by: string,
  details: { ticket: string } & Record<string, unknown>,
): Promise<void> {
  requireFound(await findForStaff(details.ticket), 'ticket');
  await writeAudit({ by, action, details }, context.now());
}

/** Changes what staff may see. @throws {AppError} NOT_FOUND */
export async function changeSeen(
  context: Context,
  id: string,
  change: Parameters<typeof changeTicket>[1],
): Promise<StaffOutput<'feedback.show'>> {
  const changed = await changeTicket(id, (ticket, tables) =>
    ticket.visible || ticket.review ? change(ticket, tables) : undefined,
  );
  return showToStaff(context, requireFound<TicketDocument>(changed, 'ticket'));
}
