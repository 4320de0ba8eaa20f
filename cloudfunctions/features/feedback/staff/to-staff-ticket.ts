import type { StaffTicket } from '../../../../contracts/feedback-staff';
import type { Context, Desk } from '../../../runtime/context';
import { timestamp } from '../../../runtime/format-time';
import { findFilesOf, linksOf, type FileDocument } from '../../../stores/feedback-files';
import { textsOf, type EntryRecord, type TicketDocument } from '../../../stores/feedback-ticket';

const isShown = ({ check }: EntryRecord): boolean => check === 'passed' || check === 'review';

/** What staff may see of an entry's pictures: those of a text that is shown, and those they are to judge. */
const shownOf = (entry: EntryRecord, files: readonly FileDocument[]): FileDocument[] =>
  files.filter(
    ({ _id, state }) =>
      entry.pictures.includes(_id) && (state === 'review' || (state === 'passed' && isShown(entry))),
  );

/** A ticket as staff see it, with links to the pictures that they see. @throws {AppError} BUSY */
export async function showToStaff(
  context: Pick<Context, 'desk'>,
  ticket: TicketDocument,
): Promise<{ ticket: StaffTicket; links: Record<string, string> }> {
  const files = await findFilesOf(ticket.owner, [ticket._id]);
  const shown = ticket.entries.flatMap((entry) => shownOf(entry, files));
  return { ticket: toStaffTicket(context.desk(), ticket, files), links: await linksOf(shown) };
}

function toStaffTicket(desk: Desk, ticket: TicketDocument, files: readonly FileDocument[]): StaffTicket {
  const { _id, kind, state, via, at } = ticket;
  const texts = textsOf(desk, ticket);
  const pending = [
    ...ticket.entries.filter(({ check }) => check === 'pending'),
    ...files.filter(({ state }) => state === 'pending'),
  ];
  const unchecked = pending.filter(({ lapsed }) => lapsed === true).length;
  return {
    ...{ id: _id, kind, state, via, at: timestamp(at) },
    entries: ticket.entries.flatMap((entry, place) => {
      const pictures = shownOf(entry, files);
      if (!isShown(entry) && pictures.length === 0) return [];
      return [
        {
          ...{ place, from: entry.from, at: timestamp(entry.at) },
          text: isShown(entry) ? (texts[place] ?? '') : '',
          review: entry.check === 'review',
          pictures: pictures.map((file) => ({ fileId: file.kept, review: file.state === 'review' })),
        },
      ];
    }),
    waiting: pending.length - unchecked,
    unchecked,
  };
}

/** Characters of the beginning of what was written. */
const ABOUT = 40;

/** How a ticket is called in lists and messages; empty while nothing of it has passed. */
export function aboutOf(desk: Desk, ticket: TicketDocument): string {
  const place = ticket.entries.findIndex(({ from, check }) => from === 'reader' && check === 'passed');
  const letters = [...(textsOf(desk, ticket)[place] ?? '').replace(/\s+/gu, ' ')];
  return letters.length <= ABOUT ? letters.join('') : `${letters.slice(0, ABOUT - 1).join('')}…`;
}
