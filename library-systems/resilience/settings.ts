import * as v from 'valibot';

const whole = (min: number, max: number, fallback: number) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max)), fallback);
const group = <E extends v.ObjectEntries>(entries: E) => v.strictObject(entries);

/** Longest time limit that may be set, in milliseconds. */
const MAX_MS = 120_000;

/**
 * How one library system is asked. All times in milliseconds; what is left out
 * has the value written here. The client of a gateway waits 8 s for a whole
 * exchange, so waiting and asking stay below that for reads.
 */
export const ResilienceSettings = group({
  /** Calls to the library system at the same time. Many self-check licences allow 4 to 8 connections. */
  parallel: whole(1, 256, 4),
  /** Calls that wait for one of these; past it calls are refused at once. */
  waiting: whole(0, 100_000, 2_000),
  /** How long a call waits at most before it is refused. */
  waitMs: whole(1, MAX_MS, 3_000),
  /** What one reader may take of it. */
  reader: v.optional(
    group({
      parallel: whole(1, 256, 4),
      waiting: whole(0, 10_000, 20),
      readsPerMinute: whole(1, 100_000, 120),
    }),
    {},
  ),
  /** How long one call may take. */
  timeLimits: v.optional(
    group({
      /** One record: a title, a copy, a card. */
      lookupMs: whole(1, MAX_MS, 5_000),
      searchMs: whole(1, MAX_MS, 6_000),
      /** Lists of a reader, which some systems answer copy by copy. */
      listMs: whole(1, MAX_MS, 7_000),
      /** A write: one call may renew a hundred loans. */
      writeMs: whole(1, MAX_MS, 25_000),
      /** A read altogether: waiting, asking and asking again. */
      wholeReadMs: whole(1, MAX_MS, 7_500),
    }),
    {},
  ),
  /** Reads that did not reach the library are asked again; writes never. */
  retries: v.optional(
    group({
      times: whole(0, 5, 1),
      firstDelayMs: whole(1, 10_000, 100),
      longestDelayMs: whole(1, 60_000, 1_000),
    }),
    {},
  ),
  /** After how many failures in a row the library is left in peace, and for how long. */
  breaker: v.optional(
    group({
      failures: whole(1, 1_000, 5),
      openMs: whole(1, 3_600_000, 5_000),
      longestOpenMs: whole(1, 3_600_000, 60_000),
    }),
    {},
  ),
  /** Titles that carry no availability; 0 entries: none is kept. */
  bibCache: v.optional(
    group({ entries: whole(0, 1_000_000, 2_000), keepMs: whole(1, 86_400_000, 300_000) }),
    {},
  ),
});
export type ResilienceSettings = v.InferOutput<typeof ResilienceSettings>;

/** The values that hold where nothing is set. */
export const DEFAULT_RESILIENCE: ResilienceSettings = v.parse(ResilienceSettings, {});
