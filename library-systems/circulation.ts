import type { Named } from '../contracts/catalog';
import type { SignInAnswers, SignInMethod, SignInStart } from '../contracts/cards';
import type { Denied } from '../contracts/denials';
import type { Hold, HoldTarget, Step } from '../contracts/holds';
import type { Fine, Loan, RenewOutcome } from '../contracts/loans';
import type { PastLoan } from '../contracts/personal';
import type { PageInput } from '../contracts/fields';

/**
 * In whose name a call is made. `ref` is the stable reference of the reader in
 * the library system (not the card number, which may change); `session` is
 * what the system gave at sign-in, where it works with sessions.
 */
export interface PatronAccess {
  ref: string;
  session?: string;
}

/** The library refuses this reader as a whole (lost card, expired session…). */
export interface Refusal {
  denied: Denied;
}

export interface SignIn {
  readonly methods: readonly SignInMethod[];
  readonly start: (method: SignInMethod) => Promise<SignInStart>;
  /** Proves a reader. The PIN passes through here once and is written nowhere. */
  readonly complete: (proof: {
    method: SignInMethod;
    answers: SignInAnswers;
    state?: string;
  }) => Promise<{ patron: Patron; session?: { token: string; expiresAt: string } } | Refusal>;
}

export interface Patron {
  ref: string;
  cardNumber: string;
  name?: string;
  readerType: Named;
  department?: string;
  grade?: string;
  /** Local date. */
  expiresAt?: string;
  /** What restricts the card now. */
  blocks: Denied[];
}

export interface Patrons {
  /** `undefined` when the library knows no such reader any more. */
  readonly patron: (access: PatronAccess) => Promise<Patron | Refusal | undefined>;
  /**
   * Opens borrowing for a reader who had to pass the onboarding first, for good. Idempotent: the same again, with this
   * key or another, is `done` and changes nothing, so after a LibraryFault it may be asked again at any time. It is
   * the library's own act, asked by Shutong when the reader may be away: it needs no session.
   * @param key names the pass that it rests on
   */
  readonly openBorrowing?: (access: PatronAccess, key: string) => Promise<{ done: true } | Refusal>;
}

export interface Loans {
  /** All loans of a reader; an adapter reads paged answers to the end. */
  readonly list: (access: PatronAccess) => Promise<{ loans: Loan[] } | Refusal>;
  /**
   * One outcome for each id, in order. A loan of somebody else is refused with
   * NOT_YOURS. Where the answer for a loan was lost its outcome is `unknown`;
   * LibraryFault is thrown only if certainly nothing was renewed.
   */
  readonly renew: (access: PatronAccess, loanIds: readonly string[]) => Promise<RenewOutcome[]>;
  /** Ended loans, newest first. */
  readonly history?: (
    access: PatronAccess,
    page: PageInput,
  ) => Promise<{ items: PastLoan[]; total: number } | Refusal>;
}

export interface Holds {
  readonly list: (access: PatronAccess) => Promise<{ holds: Hold[] } | Refusal>;
  readonly place: (
    access: PatronAccess,
    target: HoldTarget,
    choice: { pickup?: string; confirm?: boolean },
  ) => Promise<Step>;
  readonly cancel: (access: PatronAccess, holdId: string, choice: { confirm?: boolean }) => Promise<Step>;
  readonly pickupPlaces: (access: PatronAccess, target: HoldTarget) => Promise<Named[]>;
}

export interface Fines {
  readonly list: (
    access: PatronAccess,
  ) => Promise<{ fines: Fine[]; blockAtCents?: number; payAt?: string } | Refusal>;
}
