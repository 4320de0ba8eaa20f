import type { FileDocument } from '../../stores/feedback-files';
import type { TicketDocument } from '../../stores/feedback-ticket';

/** Whether WeChat is still to say something about a ticket. @param files those of its pictures, and perhaps others */
export const isBeingChecked = (ticket: TicketDocument, files: readonly FileDocument[]): boolean =>
  ticket.due !== undefined ||
  files.some((file) => file.ticket === ticket._id && file.state === 'pending' && file.due !== undefined);
