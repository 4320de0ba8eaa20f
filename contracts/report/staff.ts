import * as v from 'valibot';
import { CalendarDate, Count, LocalDate, NoOutput, Timestamp } from '../fields';
import { SeasonId } from './inputs';
import { SampleCard } from './shared';
import { ReportLoan } from './loan';
import { LibraryYear } from './library-year';
import { ReportWindow } from './fields';

const By = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64));

/** Most readers and loans of one part of an import; a part stays well below the 6 MB that a call may carry. */
export const MAX_PART_READERS = 300;
export const MAX_PART_LOANS = 6_000;

/** An import, known by the digest of its file and of how its columns are read. */
const ImportId = v.pipe(v.string(), v.regex(/^[a-f0-9]{16}$/));
const PartNumber = v.pipe(Count, v.maxValue(9_999));

/** All loans that a file tells of one reader. A reader with more than `MAX_PART_LOANS` comes in several parts. */
const ImportedReader = v.object({
  /** The library system's own reference of the reader, as its adapter knows it; hashed before it is kept. */
  ref: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  readerType: v.optional(v.pipe(v.string(), v.maxLength(64))),
  loans: v.pipe(v.array(ReportLoan), v.maxLength(MAX_PART_LOANS)),
});

/**
 * How far a year is: `open` collects readers; the staff start it with a snapshot; `gathering` asks the library
 * for the loans of those who opted in and are in no import; `counting` makes the library's figures; `discarding`
 * removes the loans of those who did not opt in; `computing` makes the reports; `ready` waits for publication.
 */
export const STAGES = [
  'open',
  'gathering',
  'counting',
  'discarding',
  'computing',
  'ready',
  'published',
] as const;

/**
 * Why a year has no figures of the library: its loans have not been counted yet; there was no import, and those who
 * opted in are not the library; fewer than `LEAST_READERS` have borrowed.
 */
export const WITHOUT_YEAR = ['notCounted', 'noImport', 'tooFew'] as const;

/** How imports of a year are read. What is left out stays as it is. */
const Reading = {
  /** The source of imports tells of returns: a loan without one is still out. */
  returnsKnown: v.optional(v.boolean()),
  /** The import is complete from this day only, which is not after the year's end. */
  importSince: v.optional(v.nullable(CalendarDate)),
};

const Progress = v.object({
  season: SeasonId,
  window: ReportWindow,
  stage: v.picklist(STAGES),
  asOf: v.optional(Timestamp),
  publishAt: v.optional(Timestamp),
  import: v.optional(v.object({ id: ImportId, readers: Count, loans: Count, whole: v.boolean() })),
  /** Imports for late readers, taken in after the count had begun. */
  lateImports: Count,
  /** How imports of the year are read: whether they tell of returns, and from which day they are complete. */
  returnsKnown: v.boolean(),
  importSince: v.optional(LocalDate),
  /** Readers who opted in, and how far theirs are. */
  optedIn: Count,
  states: v.object({
    waiting: Count,
    made: Count,
    noSource: Count,
    signIn: Count,
    unreachable: Count,
    denied: Count,
  }),
  /** Readers whose loans have been counted for the library's figures so far. */
  counted: Count,
  /** The last time that the job got further, and what kept it from that since (a fault's code, never a reader). */
  movedAt: v.optional(Timestamp),
  trouble: v.optional(v.string()),
});

export const reportStaffApi = {
  /**
   * Opens a year for opting in, or changes when it is to be published.
   * @throws BAD_REQUEST: it begins in more than 370 days, or ended more than five years ago
   */
  'report.season': {
    input: v.object({
      by: By,
      season: SeasonId,
      /** `null` takes it back. Published by the job at that moment, once all is ready. */
      publishAt: v.optional(v.nullable(Timestamp)),
      ...Reading,
    }),
    output: Progress,
  },
  'report.status': { input: v.object({ by: By, season: SeasonId }), output: Progress },
  /** Takes in a part of an import. The same part again changes nothing; nothing is used before `report.imported`. */
  'report.putLoans': {
    input: v.object({
      by: By,
      season: SeasonId,
      import: ImportId,
      part: PartNumber,
      readers: v.pipe(v.array(ImportedReader), v.minLength(1), v.maxLength(MAX_PART_READERS)),
    }),
    output: NoOutput,
  },
  /** Which parts of an import have been taken in, so that one that was cut off goes on. */
  'report.importParts': {
    input: v.object({ by: By, season: SeasonId, import: ImportId }),
    output: v.object({ parts: v.array(PartNumber) }),
  },
  /**
   * The import is whole: it takes the place of the one before, with how it is read. Only while the year is `open`, or
   * for late readers; theirs is read as the one before.
   */
  'report.imported': {
    input: v.object({
      by: By,
      season: SeasonId,
      import: ImportId,
      parts: v.pipe(Count, v.minValue(1), v.maxValue(10_000)),
      readers: Count,
      loans: Count,
      ...Reading,
    }),
    output: Progress,
  },
  /** Takes the snapshot and lets the job begin. @param asOf now, if left out; never later than now */
  'report.start': {
    input: v.object({ by: By, season: SeasonId, asOf: v.optional(Timestamp) }),
    output: Progress,
  },
  /**
   * The library's figures, to be looked at before publication, and the counts of some reports of nobody in particular:
   * none while fewer than `LEAST_READERS` are made, for then staff could tell whose they are.
   */
  'report.preview': {
    input: v.object({ by: By, season: SeasonId }),
    output: v.object({
      year: v.optional(LibraryYear),
      /** Why there are no figures. */
      withoutYear: v.optional(v.picklist(WITHOUT_YEAR)),
      /** Reports that are made. */
      made: Count,
      samples: v.array(v.object({ tier: v.string(), cards: v.array(SampleCard) })),
    }),
  },
  'report.publish': { input: v.object({ by: By, season: SeasonId }), output: Progress },
  /** Takes a published year back to `ready`; links to it show nothing meanwhile. */
  'report.withdraw': { input: v.object({ by: By, season: SeasonId }), output: Progress },
  /**
   * Removes a year that was opened by mistake.
   * @throws BAD_REQUEST: it is not `open` any more, somebody has opted in, or an import of it is whole
   */
  'report.close': { input: v.object({ by: By, season: SeasonId }), output: NoOutput },
} as const;
