import * as v from 'valibot';
import { Named } from './catalog';
import { Denied } from './denials';
import { LocalDate, Timestamp } from './fields';

/** The consent text that readers are shown now; a binding keeps the version its reader agreed to. */
export const CONSENT_VERSION = 1;

export const SIGN_IN_METHODS = ['pin', 'captcha-pin', 'sso'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

export const CARD_SYMBOLOGIES = ['code39', 'code128', 'qr'] as const;

/** What a reader is asked to type; labels are the library's own where it has some. */
export const SignInField = v.object({
  name: v.picklist(['cardNumber', 'pin', 'captcha']),
  label: v.optional(v.string()),
  secret: v.boolean(),
});

/** First half of the sign-in conversation. `state` goes back unchanged with `cards.bind`. */
export const SignInStart = v.variant('kind', [
  v.object({ kind: v.literal('fields'), fields: v.array(SignInField) }),
  v.object({
    kind: v.literal('captcha'),
    fields: v.array(SignInField),
    /** A data: URL of a PNG, JPEG or GIF. */
    captchaImage: v.string(),
    state: v.string(),
  }),
  v.object({ kind: v.literal('sso'), ssoUrl: v.string(), state: v.string() }),
]);
export type SignInStart = v.InferOutput<typeof SignInStart>;

const Answer = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

/** What the reader answered. Unknown fields are refused, so that nothing unforeseen passes through. */
export const SignInAnswers = v.strictObject({
  cardNumber: v.optional(Answer),
  pin: v.optional(Answer),
  captcha: v.optional(Answer),
  ticket: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(2_000))),
});
export type SignInAnswers = v.InferOutput<typeof SignInAnswers>;

const State = v.pipe(v.string(), v.maxLength(4_096));

export const MethodsOutput = v.object({
  methods: v.array(v.picklist(SIGN_IN_METHODS)),
  consentVersion: v.number(),
});

export const StartInput = v.object({ method: v.picklist(SIGN_IN_METHODS) });

export const BindInput = v.object({
  method: v.picklist(SIGN_IN_METHODS),
  answers: SignInAnswers,
  state: v.optional(State),
  consentVersion: v.pipe(v.number(), v.integer()),
  /** The card is bound to another WeChat identity, and the reader has been told: end that binding. */
  replace: v.optional(v.boolean(), false),
});
export type BindInput = v.InferOutput<typeof BindInput>;

/** A bound card as its owner sees it. */
export const Card = v.object({
  /** Card number with all but its last four characters hidden. */
  maskedNumber: v.string(),
  /** The reader's name with all but its first character hidden. */
  maskedName: v.optional(v.string()),
  readerType: Named,
  department: v.optional(v.string()),
  grade: v.optional(v.string()),
  expiresAt: v.optional(LocalDate),
  /** Why the library restricts this card now; empty when it does not. */
  blocks: v.array(Denied),
  boundAt: Timestamp,
});
export type Card = v.InferOutput<typeof Card>;

/** `elsewhere`: proved, but bound to another WeChat identity since then; ask, then bind again with `replace`. */
export const BindOutput = v.union([
  v.object({ card: Card }),
  v.object({ denied: Denied }),
  v.object({ elsewhere: v.object({ boundAt: Timestamp }) }),
]);
export type BindOutput = v.InferOutput<typeof BindOutput>;

export const MineInput = v.optional(
  v.object({
    /** The `at` of the `endedElsewhere` that the reader has read; it need not be told again. */
    acknowledge: v.optional(Timestamp),
  }),
  {},
);

export const MineOutput = v.object({
  /** `stale`: the library did not answer; what is shown was true when the card was last read. */
  card: v.optional(v.object({ ...Card.entries, state: v.picklist(['fresh', 'stale']), asOf: Timestamp })),
  /** This identity's binding ended because the card was bound to another one. */
  endedElsewhere: v.optional(v.object({ at: Timestamp })),
});
export type MineOutput = v.InferOutput<typeof MineOutput>;

/** What the card page needs to show a barcode without a network: kept on the owner's phone only. */
export const PassOutput = v.object({
  cardNumber: v.string(),
  symbology: v.picklist(CARD_SYMBOLOGIES),
  name: v.optional(v.string()),
  readerType: Named,
  expiresAt: v.optional(LocalDate),
  asOf: Timestamp,
});
export type PassOutput = v.InferOutput<typeof PassOutput>;
