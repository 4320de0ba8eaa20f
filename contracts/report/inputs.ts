import * as v from 'valibot';
import { Count, PageInput } from '../fields';
import { CARD_KINDS } from './kinds';

/** Names a year of reports: `calendar-2026`, `academic-2025`. */
export const SeasonId = v.pipe(v.string(), v.regex(/^(calendar|academic)-\d{4}$/));

export const CardKindField = v.picklist(CARD_KINDS);

export const ReportOptInInput = v.object({
  /** One that the library has opened; that of the overview, if left out. */
  season: v.optional(SeasonId),
  sensitive: v.optional(v.boolean(), false),
});
/** Erases every report of the reader, their links and what was gathered for them. */
export const ReportOptOutInput = v.object({ confirm: v.literal(true) });

export const ReportOpenInput = v.object({ season: v.optional(SeasonId) });

/** An earlier version of a report, beside the one that took its place. */
export const ReportVersionInput = v.object({ season: SeasonId, version: v.pipe(Count, v.minValue(1)) });

export const ReportBooksInput = v.object({ season: SeasonId, ...PageInput.entries });

/** Hiding takes the card out of the open link and the poster, too. */
export const ReportHideInput = v.object({ season: SeasonId, card: CardKindField, hidden: v.boolean() });

/** Cards that are hidden or not in the report are left out; `percentile` and `onTime` only if named. */
export const ReportShareInput = v.object({
  season: SeasonId,
  cards: v.pipe(v.array(CardKindField), v.minLength(1), v.maxLength(CARD_KINDS.length)),
});

export const ReportRevokeInput = v.object({ season: SeasonId });

/**
 * The mini-program code of the open link, a picture of at most 100 kB.
 * @throws NOT_FOUND: no link is open; UNSUPPORTED: WeChat makes none now; BUSY: it may make one in a while
 */
export const ReportCodeInput = v.object({
  season: SeasonId,
  /** Which version of the mini program it leads to: the one that asks. */
  envVersion: v.optional(v.picklist(['release', 'trial', 'develop']), 'release'),
});

/** How often a recomputation of a year's report may be asked for. */
export const MOST_DISPUTES = 3;

/**
 * Asks for a recomputation from what the library tells now; the report so far is kept, and shown until the new one is
 * there. Asking again while one is under way changes nothing. Where there is no report (`noSource`, `signIn`, `unreachable`,
 * `denied`) it is looked for once more, and that does not count; neither does one that comes to nothing, which the
 * overview tells as `failed`.
 */
export const ReportDisputeInput = v.object({ season: SeasonId });

export const SHARE_TOKEN = /^[\w-]{22}$/;
export const SharedInput = v.object({ token: v.pipe(v.string(), v.regex(SHARE_TOKEN)) });
