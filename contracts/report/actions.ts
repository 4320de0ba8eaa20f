import * as v from 'valibot';
import { Count, Timestamp } from '../fields';
import { ReportWindow } from './fields';
import { CardKindField, SeasonId } from './inputs';
import { Report } from './report';
import { PosterFigures, SharedReport, YearBook } from './shared';

/* What is answered. What is asked stands in inputs.ts, which alone is loaded at the start of a function. */
export * from './inputs';

/**
 * How far a year is, as readers are told: `collecting`, its loans are still being made or gathered;
 * `making`, the reports are being computed or looked at by the library's staff; `published`.
 */
export const SEASON_STAGES = ['collecting', 'making', 'published'] as const;

/** Why there is no report, or no other version of it. */
export const REPORT_FAILURES = ['noSource', 'signIn', 'unreachable', 'denied'] as const;

/**
 * How far a reader's own report is.
 * - waiting: it will be made by the job, mostly within two minutes of a published year
 * - made: it can be opened once the year is published
 * - noSource: neither the library's records, nor an import, nor the history kept here tell of this reader
 * - signIn: the library tells of this reader only while they are signed in there, and that has ended
 * - unreachable: the library did not answer, however often it was asked; the reader may ask for it again
 * - denied: the library does not serve this card (its words in `libraryText`)
 */
export const REPORT_STATES = ['waiting', 'made', ...REPORT_FAILURES] as const;

/** Where the loans of a report may come from here: what the page promises before anyone opts in. */
const Sources = v.object({
  /**
   * The library tells of this reader's past loans without the PIN; absent while it cannot be asked whether it does. Where it
   * works with sessions, which end within the hour: only while one lasts, and of a year that is published, for then a
   * report is made at once.
   */
  library: v.optional(v.boolean()),
  /** The reader has Shutong's own history switched on. */
  seen: v.boolean(),
});

const Own = v.object({
  since: Timestamp,
  /** Keywords may speak of health, religion, law and politics. */
  sensitive: v.boolean(),
  /** Absent while the year collects. */
  state: v.optional(v.picklist(REPORT_STATES)),
  /** Why the last recomputation made no other version; of a report that is `made`. It was not counted. */
  failed: v.optional(v.picklist(REPORT_FAILURES)),
  libraryText: v.optional(v.string()),
});

/**
 * `season` is the newest year that is being made or published, else the newest that collects; absent while the library
 * has opened none. `own` is absent while the reader has not opted in.
 */
export const ReportOverviewOutput = v.object({
  season: v.optional(
    v.object({
      id: SeasonId,
      window: ReportWindow,
      stage: v.picklist(SEASON_STAGES),
      /** When it is to be published, where the staff have said so. */
      publishAt: v.optional(Timestamp),
    }),
  ),
  sources: Sources,
  own: v.optional(Own),
  /** A newer year that collects already; `own` where the reader has opted in for it. */
  next: v.optional(
    v.object({
      id: SeasonId,
      window: ReportWindow,
      own: v.optional(v.object({ since: Timestamp })),
    }),
  ),
  /** There is something to be erased, of whichever year. */
  hasReports: v.boolean(),
  /** Published years that the reader has a report of, newest first. */
  past: v.array(v.object({ season: SeasonId, window: ReportWindow, madeAt: Timestamp })),
});
export type ReportOverviewOutput = v.InferOutput<typeof ReportOverviewOutput>;

/** What an owner opens. @throws NOT_FOUND: there is none, or its year is not published */
export const ReportOpenOutput = v.object({
  season: SeasonId,
  report: Report,
  /** Earlier versions, which a recomputation replaced, newest first; they can be opened by number. */
  earlier: v.array(v.object({ version: Count, asOf: Timestamp, madeAt: Timestamp })),
  madeAt: Timestamp,
  /** Cards that their owner does not want to see. */
  hidden: v.array(CardKindField),
  poster: PosterFigures,
  /** The link that is open to others, if there is one. */
  link: v.optional(v.object({ token: v.string(), cards: v.array(CardKindField), since: Timestamp })),
  /** A recomputation has been asked for and is not done yet. */
  disputed: v.boolean(),
  /** How often one can still be asked for. */
  disputesLeft: Count,
});
export type ReportOpenOutput = v.InferOutput<typeof ReportOpenOutput>;

export const ReportVersionOutput = v.object({ report: Report, madeAt: Timestamp });

export const ReportBooksOutput = v.object({ items: v.array(YearBook), total: Count, page: Count });

export const ReportHideOutput = v.object({ hidden: v.array(CardKindField), poster: PosterFigures });

/** One link a report: choosing other cards keeps it, revoking ends it for good. */
export const ReportShareOutput = v.object({ token: v.string(), cards: v.array(CardKindField) });
export const ReportCodeOutput = v.object({
  mime: v.picklist(['image/png', 'image/jpeg']),
  base64: v.string(),
});

export const ReportDisputeOutput = v.object({
  left: Count,
  /** It was asked for too often already, and is not done again. */
  refused: v.optional(v.literal('TOO_MANY')),
});

export const SharedOutput = SharedReport;
