import * as v from 'valibot';
import { Count, NoOutput, Timestamp } from './fields';
import { RequestId } from './loans';

/** Of what a reader writes, in characters: what WeChat's content check takes. */
export const MAX_FEEDBACK_TEXT = 2_500;
export const MAX_PICTURES = 4;
/** Bytes of one picture, after the phone has made it smaller; more is refused before anything is uploaded. */
export const MAX_PICTURE_BYTES = 5 * 1024 * 1024;
export const PICTURE_TYPES = ['jpg', 'png', 'webp'] as const;
/** What a reader and the library may write to one ticket, one after the other. */
export const MAX_ENTRIES = 20;
/** At so many a reader writes no more to it: the last place is the library's, so that an answer always fits in. */
export const MAX_READER_ENTRIES = MAX_ENTRIES - 1;

/** question: to a librarian; problem: with the mini program or a service; suggestion. */
export const TICKET_KINDS = ['question', 'problem', 'suggestion'] as const;

/** A reader's tickets that wait for the library; more are refused until some are answered or closed. */
export const MAX_OPEN_TICKETS = 20;

/**
 * WeChat's check of what people write and of each picture.
 * - pending: not decided yet; nobody but the reader sees it, or whoever of the staff has to decide where WeChat will not
 * - passed
 * - rejected: staff do not answer it, and its pictures are removed; the reader is told so and may write again
 */
export const CHECK_STATES = ['pending', 'passed', 'rejected'] as const;
export const CheckState = v.picklist(CHECK_STATES);

/** open: the library's turn; answered: the reader's; closed: by either. */
export const TICKET_STATES = ['open', 'answered', 'closed'] as const;

/** What a reader or the library writes: lines are kept, other control characters become blanks. */
export const FeedbackText = v.pipe(
  v.string(),
  v.check((text) => [...text].length <= MAX_FEEDBACK_TEXT, `at most ${MAX_FEEDBACK_TEXT} characters`),
  v.transform((text) =>
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[^\P{Cc}\n]|[\p{Cs}\ufffd]/gu, ' ')
      .trim(),
  ),
  v.minLength(1, 'something'),
);
export const TicketId = v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/));
/** As the storage names it: `cloud://env.bucket/path`. */
const FileId = v.pipe(v.string(), v.regex(/^cloud:\/\/[\w.-]{1,120}\/[\w./-]{1,200}$/));

/**
 * `lapsed`: it stays pending, for the check could not be had, of a text for a week, and is not asked any more; sent again,
 * it is.
 */
const Checked = { check: CheckState, lapsed: v.optional(v.boolean()) };

/** `fileId`: where it is kept, which is another place than it was uploaded to. */
export const Picture = v.object({ fileId: FileId, ...Checked });

export const TicketEntry = v.object({
  from: v.picklist(['reader', 'library']),
  at: Timestamp,
  text: v.string(),
  ...Checked,
  pictures: v.array(Picture),
});

export const Ticket = v.object({
  id: TicketId,
  kind: v.picklist(TICKET_KINDS),
  state: v.picklist(TICKET_STATES),
  /** Where it was written: in the mini program, or to customer service. */
  via: v.picklist(['app', 'chat']),
  at: Timestamp,
  entries: v.pipe(v.array(TicketEntry), v.minLength(1), v.maxLength(MAX_ENTRIES)),
  /** An answer has come that the reader has not opened. */
  unread: v.boolean(),
});
export type Ticket = v.InferOutput<typeof Ticket>;

export const FeedbackUploadInput = v.object({ type: v.picklist(PICTURE_TYPES) });
/** Where the phone may put one picture: a path of this reader, for a while. */
export const FeedbackUploadOutput = v.object({ cloudPath: v.string() });

const Pictures = v.optional(v.pipe(v.array(FileId), v.maxLength(MAX_PICTURES)), []);
export const FeedbackSendInput = v.object({
  kind: v.picklist(TICKET_KINDS),
  text: FeedbackText,
  pictures: Pictures,
  requestId: RequestId,
});
export const FeedbackMoreInput = v.object({
  id: TicketId,
  text: FeedbackText,
  pictures: Pictures,
  requestId: RequestId,
});

/**
 * `rejected`: WeChat's check did not let the text pass; nothing is kept. `badPicture`: which of them is none, is too
 * large, or is not there (from 0); nothing is kept. `unchecked`: the check could not be asked, or leaves it to a human; the
 * text is kept, waits, and is shown to staff once it has passed. `tooMany`: too many tickets wait for the library, or a
 * ticket has as many entries as may be; nothing is kept.
 */
export const FeedbackSendOutput = v.variant('status', [
  v.object({ status: v.picklist(['sent', 'unchecked']), ticket: Ticket }),
  v.object({ status: v.literal('rejected') }),
  v.object({ status: v.literal('badPicture'), index: Count }),
  v.object({ status: v.literal('tooMany'), what: v.picklist(['tickets', 'entries']) }),
]);
export type FeedbackSendOutput = v.InferOutput<typeof FeedbackSendOutput>;

export const FeedbackListInput = v.object({ before: v.optional(v.pipe(v.string(), v.maxLength(100))) });
/** Of texts a list has the beginning of each ticket's first one only, and the others empty: `feedback.show` has all. */
export const FeedbackListOutput = v.object({
  tickets: v.array(Ticket),
  next: v.optional(v.string()),
  /** Minutes until the library answered, median of the last 90 days; absent below five answers. */
  usualMinutes: v.optional(Count),
});
export const TicketInput = v.object({ id: TicketId });
/** `links`: temporary addresses of the ticket's pictures by file id, valid for some minutes; of those that are there. */
export const FeedbackShowOutput = v.object({ ticket: Ticket, links: v.record(v.string(), v.string()) });

export const feedbackApi = {
  'feedback.upload': { input: FeedbackUploadInput, output: FeedbackUploadOutput },
  'feedback.send': { input: FeedbackSendInput, output: FeedbackSendOutput },
  'feedback.more': { input: FeedbackMoreInput, output: FeedbackSendOutput },
  'feedback.list': { input: FeedbackListInput, output: FeedbackListOutput },
  'feedback.show': { input: TicketInput, output: FeedbackShowOutput },
  /** Of an answered one, or of a question that has settled itself; writing more opens it again. */
  'feedback.close': { input: TicketInput, output: FeedbackShowOutput },
  /** With its pictures; for good. Of a ticket that is not there any more nothing is said. */
  'feedback.remove': { input: TicketInput, output: NoOutput },
} as const;
