import * as v from 'valibot';

/** Well-formed text without control characters: NUL and lone surrogates never reach a library system. */
const cleanText = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\ufffd]/gu, ' ').trim();

/** Text typed or scanned by a reader; bounded before it is cleaned. Length in UTF-16 units. */
export const InputText = (maxLength: number) =>
  v.pipe(v.string(), v.maxLength(maxLength), v.transform(cleanText));

/** The same, but something must be left after cleaning. */
export const RequiredText = (maxLength: number) => v.pipe(InputText(maxLength), v.minLength(1));

/** An identifier given by a library system: opaque to us, safe in URLs and logs. */
export const Id = v.pipe(v.string(), v.regex(/^[\w.:~-]{1,64}$/));

/** A local date, `YYYY-MM-DD`. */
export const LocalDate = v.pipe(v.string(), v.isoDate());

/** The same, and the calendar has it: no 31 February. */
export const CalendarDate = v.pipe(
  LocalDate,
  v.check((day) => {
    const time = Date.parse(`${day}T00:00:00Z`);
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
  }),
);

/**
 * When something is due, in the library's own time zone: `2026-11-28` when the
 * library names a day only, `2026-11-28T23:59:00+08:00` when it names a time.
 * The first ten characters are always the library's local date.
 */
export const DueAt = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/),
);

/** A point in time as ISO 8601 with offset. */
export const Timestamp = v.pipe(v.string(), v.isoTimestamp());

export const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const NoInput = v.optional(v.object({}), {});

export const NoOutput = v.object({});

export const PageNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
export const PageSize = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50));

/** Where a page of a list stands; pages count from 1. */
export const PageInput = v.object({
  page: v.optional(PageNumber, 1),
  pageSize: v.optional(PageSize, 20),
});
export type PageInput = v.InferOutput<typeof PageInput>;

/**
 * Stands for the output of an action whose schema is large: it is there for its type, and what a function answers is
 * not checked by the function itself, so its start need not wait for it.
 */
export const typed = <T>() => v.custom<T>(() => true);
