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

/** question: to a librarian; problem: with the mini program or a service; suggestion. */
export const TICKET_KINDS = ['question', 'problem', 'suggestion'] as const;

/**
 * WeChat's check of what people write and of each picture.
 * - pending: not decided yet; nobody but the reader sees it
 * - passed
 * - rejected: staff never see it; the reader is told so and may write again
 */
export const CHECK_STATES = ['pending', 'passed', 'rejected'] as const;
export const CheckState = v.picklist(CHECK_STATES);

/** open: the library's turn; answered: the reader's; closed: by either. */
export const TICKET_STATES = ['open', 'answered', 'closed'] as const;

const Text = v.pipe(
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

export const Picture = v.object({
  fileId: FileId,
  check: CheckState,
});

export const TicketEntry = v.object({
  from: v.picklist(['reader', 'library']),
  at: Timestamp,
  text: v.string(),
  check: CheckState,
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
  text: Text,
  pictures: Pictures,
  requestId: RequestId,
});
export const FeedbackMoreInput = v.object({
  id: TicketId,
  text: Text,
  pictures: Pictures,
  requestId: RequestId,
});

/**
 * `rejected`: WeChat's check did not let the text pass; nothing is kept. `badPicture`: which of them is none, is too
 * large, or is not there (from 0); nothing is kept. `unchecked`: the check could not be asked; the text is kept, waits, and
 * is shown to staff once it has passed.
 */
export const FeedbackSendOutput = v.variant('status', [
  v.object({ status: v.picklist(['sent', 'unchecked']), ticket: Ticket }),
  v.object({ status: v.literal('rejected') }),
  v.object({ status: v.literal('badPicture'), index: Count }),
]);
export type FeedbackSendOutput = v.InferOutput<typeof FeedbackSendOutput>;

export const FeedbackListInput = v.object({ before: v.optional(v.pipe(v.string(), v.maxLength(100))) });
export const FeedbackListOutput = v.object({
  tickets: v.array(Ticket),
  next: v.optional(v.string()),
  /** Minutes until the library answered, median of the last 90 days; absent below five answers. */
  usualMinutes: v.optional(Count),
});
export const TicketInput = v.object({ id: TicketId });
/** `links`: temporary addresses of the ticket's pictures by file id, valid for some minutes. */
export const FeedbackShowOutput = v.object({ ticket: Ticket, links: v.record(v.string(), v.string()) });

export const feedbackApi = {
  'feedback.upload': { input: FeedbackUploadInput, output: FeedbackUploadOutput },
  'feedback.send': { input: FeedbackSendInput, output: FeedbackSendOutput },
  'feedback.more': { input: FeedbackMoreInput, output: FeedbackSendOutput },
  'feedback.list': { input: FeedbackListInput, output: FeedbackListOutput },
  'feedback.show': { input: TicketInput, output: FeedbackShowOutput },
  'feedback.close': { input: TicketInput, output: FeedbackShowOutput },
  /** With its pictures; for good. */
  'feedback.remove': { input: TicketInput, output: NoOutput },
} as const;
