import * as v from 'valibot';
import { Count, Timestamp } from './fields';
import { FeedbackText, TICKET_KINDS, TICKET_STATES, TicketId } from './feedback';

const By = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64));

/** Which tickets: by whose turn it is, or `review`: WeChat's check wants a human to look at something of theirs. */
export const TICKET_LISTS = [...TICKET_STATES, 'review'] as const;

/** A ticket in a list of the staff. Whose it is they are not told. */
const Item = v.object({
  id: TicketId,
  kind: v.picklist(TICKET_KINDS),
  state: v.picklist(TICKET_STATES),
  via: v.picklist(['app', 'chat']),
  at: Timestamp,
  /** Since when it has been whose turn it is. */
  since: Timestamp,
  /** The beginning of what the reader wrote; empty until something of it has passed. */
  about: v.string(),
});

/**
 * What staff see of a ticket: what passed the check, and, marked with `review`, what they are to judge. `place` names an
 * entry, from 0; places may be missing, for the others are not theirs to see. `waiting`: how many entries and pictures
 * are still being checked; `unchecked`: how many could not be and are not any more.
 */
export const StaffTicket = v.object({
  id: TicketId,
  kind: v.picklist(TICKET_KINDS),
  state: v.picklist(TICKET_STATES),
  via: v.picklist(['app', 'chat']),
  at: Timestamp,
  entries: v.array(
    v.object({
      place: Count,
      from: v.picklist(['reader', 'library']),
      at: Timestamp,
      text: v.string(),
      review: v.boolean(),
      pictures: v.array(v.object({ fileId: v.string(), review: v.boolean() })),
    }),
  ),
  waiting: Count,
  unchecked: Count,
});
export type StaffTicket = v.InferOutput<typeof StaffTicket>;

const One = v.object({ by: By, id: TicketId });
const Shown = v.object({ ticket: StaffTicket, links: v.record(v.string(), v.string()) });

/** Orders of the staff about what readers write. */
export const feedbackStaffApi = {
  /** The longest waiting first. `after`: the `next` of the page before. */
  'feedback.list': {
    input: v.object({
      by: By,
      list: v.optional(v.picklist(TICKET_LISTS), 'open'),
      after: v.optional(v.pipe(v.string(), v.maxLength(100))),
    }),
    output: v.object({
      items: v.array(Item),
      next: v.optional(v.string()),
      /** Of all tickets, how many stand in these lists. */
      counts: v.object({ open: Count, review: Count }),
    }),
  },
  /** `links`: temporary addresses of its pictures by file id, valid for some minutes. */
  'feedback.show': { input: One, output: Shown },
  /**
   * The same text twice in a row is one answer: an order whose answer was lost can be given again. `chat`: for a ticket
   * that came by customer service, what became of telling the reader there, too; `late`: the 48 hours for it are over.
   */
  'feedback.reply': {
    input: v.object({ by: By, id: TicketId, text: FeedbackText }),
    output: v.object({
      ...Shown.entries,
      chat: v.optional(v.picklist(['sent', 'unknown', 'refused', 'late'])),
    }),
  },
  'feedback.close': { input: One, output: Shown },
  'feedback.reopen': { input: One, output: Shown },
  /**
   * Decides, where WeChat's check leaves it to a human, about an entry and those of its pictures that wait for that.
   * `judged`: whether anything of it did; what was decided before stays so.
   */
  'feedback.judge': {
    input: v.object({ by: By, id: TicketId, place: Count, pass: v.boolean() }),
    output: v.object({ ...Shown.entries, judged: v.boolean() }),
  },
} as const;
