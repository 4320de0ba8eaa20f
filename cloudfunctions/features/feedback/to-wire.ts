import type { Ticket } from '../../../contracts/feedback';
import type { Desk } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import type { FileDocument } from '../../stores/feedback-files';
import { textsOf, type EntryCheck, type TicketDocument } from '../../stores/feedback-ticket';

/** A reader waits, whoever decides. */
const stateOf = (check: EntryCheck): 'pending' | 'passed' | 'rejected' =>
  check === 'review' ? 'pending' : check;

const pictureStateOf = ({ state }: FileDocument): 'pending' | 'passed' | 'rejected' =>
  state === 'passed' || state === 'rejected' ? state : 'pending';

/** A ticket as its writer sees it. @param files those of its pictures, and perhaps others */
export function toTicket(desk: Desk, ticket: TicketDocument, files: readonly FileDocument[]): Ticket {
  const { _id, kind, state, via, at, unread } = ticket;
  const texts = textsOf(desk, ticket);
  const byId = new Map(files.map((file) => [file._id, file]));
  const lapsedOf = ({ lapsed }: { lapsed?: boolean }) => (lapsed === true ? { lapsed } : {});
  return {
    ...{ id: _id, kind, state, via, at: timestamp(at), unread },
    entries: ticket.entries.map((entry, place) => ({
      from: entry.from,
      at: timestamp(entry.at),
      text: texts[place] ?? '',
      check: stateOf(entry.check),
      ...lapsedOf(entry),
      pictures: entry.pictures.flatMap((id) => {
        const file = byId.get(id);
        return file ? [{ fileId: file.kept, check: pictureStateOf(file), ...lapsedOf(file) }] : [];
      }),
    })),
  };
}
