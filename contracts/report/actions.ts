import * as v from 'valibot';
import { Count, PageInput, Timestamp } from '../fields';
import { Card, type CardKind } from './cards';
import { ReportWindow } from './fields';
import { Report } from './report';
import { PosterFigures, YearBook } from './shared';

/** Names a year of reports: `calendar-2026`, `academic-2025`. */
export const SeasonId = v.pipe(v.string(), v.regex(/^(calendar|academic)-\d{4}$/));

const CARD_KINDS = Card.options.map(({ entries }) => entries.kind.literal) as [CardKind, ...CardKind[]];
export const CardKindField = v.picklist(CARD_KINDS);

/**
 * How far a year is, as readers are told: `collecting`, its loans are still being made or gathered;
 * `making`, the reports are being computed or looked at by the library's staff; `published`.
 */
export const SEASON_STAGES = ['collecting', 'making', 'published'] as const;

/**
 * How far a reader's own report is.
 * - waiting: it will be made by the job, mostly within two minutes of a published year
 * - made: it can be opened once the year is published
 * - noSource: neither the library's records, nor an import, nor the history kept here tell of this reader
 * - unreachable: the library did not answer, however often it was asked; the reader may ask for it again
 * - denied: the library does not serve this card (its words in `libraryText`)
 */
export const REPORT_STATES = ['waiting', 'made', 'noSource', 'unreachable', 'denied'] as const;

/** Where the loans of a report may come from here: what the page promises before anyone opts in. */
const Sources = v.object({
  /** The library tells of past loans. */
  library: v.boolean(),
  /** The reader has Shutong's own history switched on. */
  seen: v.boolean(),
});

const Own = v.object({
  since: Timestamp,
  /** Keywords may speak of health, religion, law and politics. */
  sensitive: v.boolean(),
  /** Absent while the year collects. */
  state: v.optional(v.picklist(REPORT_STATES)),
  libraryText: v.optional(v.string()),
});

/** `season` is absent while the library has opened no year; `own` while the reader has not opted in. */
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
  /** Published years that the reader has a report of, newest first. */
  past: v.array(v.object({ season: SeasonId, window: ReportWindow, madeAt: Timestamp })),
});
export type ReportOverviewOutput = v.InferOutput<typeof ReportOverviewOutput>;

export const ReportOptInInput = v.object({ sensitive: v.optional(v.boolean(), false) });
/** Erases every report of the reader, their links and what was gathered for them. */
export const ReportOptOutInput = v.object({ confirm: v.literal(true) });

export const ReportOpenInput = v.object({ season: v.optional(SeasonId) });
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
});
export type ReportOpenOutput = v.InferOutput<typeof ReportOpenOutput>;

/** An earlier version of a report, beside the one that took its place. */
export const ReportVersionInput = v.object({ season: SeasonId, version: v.pipe(Count, v.minValue(1)) });
export const ReportVersionOutput = v.object({ report: Report, madeAt: Timestamp });

export const ReportBooksInput = v.object({ season: SeasonId, ...PageInput.entries });
export const ReportBooksOutput = v.object({ items: v.array(YearBook), total: Count, page: Count });

/** Hiding takes the card out of the open link and the poster, too. */
export const ReportHideInput = v.object({ season: SeasonId, card: CardKindField, hidden: v.boolean() });
export const ReportHideOutput = v.object({ hidden: v.array(CardKindField), poster: PosterFigures });

/** Cards that are hidden or not in the report are left out; `percentile` and `onTime` only if named. */
export const ReportShareInput = v.object({
  season: SeasonId,
  cards: v.pipe(v.array(CardKindField), v.minLength(1), v.maxLength(CARD_KINDS.length)),
});
/** One link a report: choosing other cards keeps it, revoking ends it for good. */
export const ReportShareOutput = v.object({ token: v.string(), cards: v.array(CardKindField) });
export const ReportRevokeInput = v.object({ season: SeasonId });

/** The mini-program code of the open link. @throws NOT_FOUND: no link is open; UNSUPPORTED: WeChat makes none now */
export const ReportCodeInput = v.object({ season: SeasonId });
export const ReportCodeOutput = v.object({
  mime: v.picklist(['image/png', 'image/jpeg']),
  base64: v.string(),
});

/** Asks for a recomputation from what the library tells now; the report so far is kept. At most three a year. */
export const ReportDisputeInput = v.object({ season: SeasonId });
export const ReportDisputeOutput = v.object({ left: Count });

export const SHARE_TOKEN = /^[\w-]{22}$/;
export const SharedInput = v.object({ token: v.pipe(v.string(), v.regex(SHARE_TOKEN)) });
/** `persona` and the other cards without `how`; see SharedReport. */
export const SharedOutput = v.object({
  window: ReportWindow,
  since: v.optional(v.string()),
  cards: v.array(v.looseObject({ kind: v.picklist(CARD_KINDS) })),
});
