import * as v from 'valibot';
import { Named } from '../catalog';
import { Count, LocalDate, Timestamp } from '../fields';
import { LoanPolicy } from '../library';
import { ITEM_TYPES } from './bank';
import { ModuleId } from './words';

/** Times a paper has this many items. */
export const PAPER_ITEMS = 20;

const AnyWords = v.object({ zh: v.string(), en: v.string() });

/** What waits until the onboarding is passed. `borrowing`: the library opens borrowing rights itself. */
export const GATED_SERVICES = ['holds.place', 'borrowing'] as const;
export type GatedService = (typeof GATED_SERVICES)[number];

/**
 * Whether a reader has to pass.
 * - required: yes, and `locked` says what waits for it
 * - exempt: no: entered before it was asked, or is of a type that is not asked
 * - waived: the library has let this reader off
 * - passed
 */
export const STANDINGS = ['required', 'exempt', 'waived', 'passed'] as const;

/** How far what a pass opens has been opened; `failed`: it could not be, and is no longer tried. */
export const UNLOCK_STATES = ['unlocking', 'unlocked', 'failed'] as const;

/** Twelve letters and digits in three groups, by which staff find a reader without a card number. */
export const ReaderCode = v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/));

/** Sixteen letters and digits of Crockford's base 32 in four groups: 80 random bits. */
export const CertificateCode = v.pipe(
  v.string(),
  v.maxLength(40),
  v.transform((text) => text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')),
  v.regex(/^[0-9A-HJKMNP-TV-Z]{16}$/, 'sixteen letters and digits'),
);

const ModuleProgress = v.object({
  module: ModuleId,
  /** Whether all its cards were read (again, after it was asked for). */
  read: v.boolean(),
  /** How many of its cards were read, from the first on. */
  cards: Count,
  /** Its items were answered wrongly in the last paper: to be read again before the next. */
  again: v.boolean(),
});

/** How far the library has opened borrowing. */
const Opening = v.object({
  unlock: v.picklist(UNLOCK_STATES),
  /** Whether the library's own system was, or will be, told. */
  libraryOpens: v.boolean(),
  /** The library's words, where it refused. */
  libraryText: v.optional(v.string()),
});

export const OverviewOutput = v.object({
  now: Timestamp,
  standing: v.picklist(STANDINGS),
  locked: v.array(v.picklist(GATED_SERVICES)),
  readerCode: v.string(),
  modules: v.array(ModuleProgress),
  rules: v.object({
    items: Count,
    /** Of 100. */
    passMark: Count,
    minutes: Count,
    /** After so many failures in a row there is a pause of so many minutes. */
    pauseAfter: Count,
    pauseMinutes: Count,
    mustRead: v.boolean(),
    /** Local dates between which papers can be taken; absent: always. */
    window: v.optional(v.object({ from: LocalDate, to: LocalDate })),
  }),
  /** Where the reader said to be; some questions are about one branch only. */
  campus: v.optional(v.string()),
  /** Absent when the library cannot be asked now. */
  campuses: v.optional(v.array(Named)),
  /** A paper that was begun and has time left. */
  open: v.optional(v.object({ attemptId: v.string(), endsAt: Timestamp, answered: Count })),
  failures: Count,
  pausedUntil: v.optional(Timestamp),
  /** The last paper that was handed in, for its result. */
  lastAttemptId: v.optional(v.string()),
  pass: v.optional(v.object({ at: Timestamp, mark: Count, ...Opening.entries })),
  /** What a reader who was let off has borrowing opened by; absent where nothing has to be opened. */
  waiver: v.optional(Opening),
});
export type OverviewOutput = v.InferOutput<typeof OverviewOutput>;

export const ReadInput = v.object({
  module: ModuleId,
  /** How many of its cards the reader has seen, from the first on. */
  cards: v.pipe(Count, v.maxValue(50)),
  /** How many there are. */
  of: v.pipe(Count, v.minValue(1), v.maxValue(50)),
});
export const ReadOutput = v.object({ modules: v.array(ModuleProgress) });

export const CampusInput = v.object({ campus: v.pipe(v.string(), v.minLength(1), v.maxLength(32)) });

/** The library's rules for what the cards say; what is absent is not said. */
export const FactsOutput = v.object({
  asOf: Timestamp,
  policy: v.optional(LoanPolicy),
  readerType: v.optional(Named),
});
export type FactsOutput = v.InferOutput<typeof FactsOutput>;

/** Books of this library to be put in order, for practice; the page checks by the rules of call numbers. */
export const ExerciseOutput = v.object({
  books: v.array(v.object({ title: v.string(), callNumber: v.string() })),
  /** Signs at the ends of shelves, in order, and a book that stands on one of them. */
  shelves: v.optional(
    v.object({
      ranges: v.array(v.object({ from: v.string(), to: v.string() })),
      book: v.object({ title: v.string(), callNumber: v.string() }),
    }),
  ),
});
export type ExerciseOutput = v.InferOutput<typeof ExerciseOutput>;

/**
 * One item as it is asked. Items and options are known by their place on this
 * paper only: nothing that travels tells one paper's question from another's.
 */
export const PaperItem = v.object({
  module: ModuleId,
  type: v.picklist(ITEM_TYPES),
  stem: AnyWords,
  options: v.array(AnyWords),
});
export type PaperItem = v.InferOutput<typeof PaperItem>;

/** Places of the chosen options, from 0; for `order` in the order chosen, otherwise ascending. */
export const Choice = v.pipe(
  v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5))),
  v.maxLength(6),
  v.check((places) => new Set(places).size === places.length, 'each option once'),
);
export type Choice = v.InferOutput<typeof Choice>;

/** Place of the item on the paper, from 0, → what was chosen. An empty choice takes an answer back. */
export const Answers = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^(0|[1-9]\d?)$/)), Choice),
  v.check((answers) => Object.keys(answers).length <= PAPER_ITEMS, `at most ${PAPER_ITEMS} items`),
);
export type Answers = v.InferOutput<typeof Answers>;

const AttemptId = v.pipe(v.string(), v.regex(/^[\w-]{10,64}$/));

export const Paper = v.object({
  attemptId: v.string(),
  now: Timestamp,
  endsAt: Timestamp,
  items: v.array(PaperItem),
  /** What the server has of the reader's answers. */
  answers: Answers,
});
export type Paper = v.InferOutput<typeof Paper>;

/**
 * Why no paper is given out:
 * - PASSED: already passed
 * - PAUSED: failed too often in a row; `until`
 * - READ_FIRST: `modules` are to be read first
 * - CLOSED: outside of the time that the library has set
 * - NO_BANK: the library has put in no questions yet
 */
export const BeginOutput = v.union([
  v.object({ paper: Paper }),
  v.object({
    refused: v.picklist(['PASSED', 'PAUSED', 'READ_FIRST', 'CLOSED', 'NO_BANK']),
    until: v.optional(Timestamp),
    modules: v.optional(v.array(ModuleId)),
  }),
]);
export type BeginOutput = v.InferOutput<typeof BeginOutput>;

export const AttemptInput = v.object({ attemptId: AttemptId });
export const AnswerInput = v.object({ attemptId: AttemptId, answers: Answers });
export type AnswerInput = v.InferOutput<typeof AnswerInput>;

/** `saved: false`: the time is over or the paper was handed in; what had been saved counts. */
export const AnswerOutput = v.object({ saved: v.boolean(), now: Timestamp, answered: Count });
export type AnswerOutput = v.InferOutput<typeof AnswerOutput>;

export const SubmitInput = v.object({ attemptId: AttemptId, answers: v.optional(Answers) });
export type SubmitInput = v.InferOutput<typeof SubmitInput>;

export const ResultOutput = v.object({
  attemptId: v.string(),
  passed: v.boolean(),
  /** Of 100, rounded down. */
  mark: Count,
  passMark: Count,
  right: Count,
  total: Count,
  /** A must-know item was wrong: that alone fails a paper. */
  mustKnowMissed: v.boolean(),
  /** What was handed in with the last call came too late and does not count. */
  late: v.boolean(),
  submittedAt: Timestamp,
  modules: v.array(v.object({ module: ModuleId, right: Count, total: Count, again: v.boolean() })),
  /** Why the chosen answers are wrong; the key itself is not told. */
  wrong: v.array(
    v.object({
      place: Count,
      module: ModuleId,
      mustKnow: v.boolean(),
      stem: AnyWords,
      chosen: v.array(AnyWords),
      explanation: AnyWords,
    }),
  ),
  /** What was not answered well has to be read again before the next paper. */
  mustRead: v.boolean(),
  failures: Count,
  pausedUntil: v.optional(Timestamp),
});
export type ResultOutput = v.InferOutput<typeof ResultOutput>;

/** What stands on a certificate. */
export const CertificateOutput = v.object({
  code: v.string(),
  /** Absent when the library cannot be asked now. */
  library: v.optional(v.string()),
  maskedName: v.optional(v.string()),
  passedAt: Timestamp,
  year: v.pipe(Count, v.minValue(2000)),
  mark: Count,
  /** All chapters were read, too: not every library insists. */
  hasRead: v.boolean(),
});
export type CertificateOutput = v.InferOutput<typeof CertificateOutput>;

/** For whoever holds a code; without identity, and it tells no more than this. */
export const VerifyInput = v.object({ code: CertificateCode });
export const VerifyOutput = v.object({
  valid: v.boolean(),
  /** Present when valid. */
  year: v.optional(Count),
});
export type VerifyOutput = v.InferOutput<typeof VerifyOutput>;
