import * as v from 'valibot';
import { DENIAL_CODES } from '../denials';
import { Count, DueAt, Id, LocalDate, Timestamp } from '../fields';

/** A message names at most so many books; `total` says how many there are. */
export const MOST_BOOKS_TOLD = 20;

const books = <T extends v.ObjectEntries>(entries: T) => ({
  books: v.pipe(
    v.array(v.object({ title: v.string(), ...entries })),
    v.minLength(1),
    v.maxLength(MOST_BOOKS_TOLD),
  ),
  total: v.pipe(Count, v.minValue(1)),
});
const loanBooks = books({
  loanId: Id,
  dueAt: DueAt,
  code: v.optional(v.picklist(DENIAL_CODES)),
  /** The library's own words. */
  libraryText: v.optional(v.string()),
});
const holdBooks = books({ holdId: Id, pickup: v.optional(v.string()), readyUntil: v.optional(LocalDate) });

/** What a message says: facts, as they were at `asOf` of its item; the words are the mini program's. */
export const MessageBody = v.variant('kind', [
  v.object({ kind: v.picklist(['recalled', 'dueSoon', 'overdue', 'cannotRenew']), ...loanBooks }),
  v.object({ kind: v.picklist(['holdReady', 'holdExpiring']), ...holdBooks }),
  v.object({ kind: v.literal('backOnShelf'), ...books({ bibId: Id, place: v.optional(v.string()) }) }),
  /** `about`: the beginning of what the reader wrote. */
  v.object({ kind: v.literal('feedbackAnswered'), ticket: v.string(), about: v.string() }),
  v.object({
    kind: v.literal('onboardingResult'),
    attempt: v.string(),
    passed: v.boolean(),
    opened: v.boolean(),
  }),
  v.object({ kind: v.literal('reportReady'), season: v.string() }),
]);
export type MessageBody = v.InferOutput<typeof MessageBody>;

/** When it was told and as of when the library said so. */
export const MessageTimes = v.object({ at: Timestamp, asOf: Timestamp });
