import type {
  Bib,
  BibPage,
  Holdings,
  Item,
  Named,
  RelatedBibs,
  SearchAbilities,
  SearchInput,
  SearchOutput,
} from '../contracts/catalog';
import type { PageInput } from '../contracts/fields';
import type { LoanPolicy, OpeningDay, SystemStatus } from '../contracts/library';
import type { Fines, Holds, Loans, Patrons, SignIn } from './circulation';

export const AFTER_BINDING = ['trusted-terminal', 'session', 'ask-each-time'] as const;

/**
 * The one port through which a library system is reached. Operations are
 * grouped by capability; what a system cannot do is an absent member, never a
 * stub that throws. Every operation throws `LibraryFault` when the system did
 * not answer or not intelligibly; an unknown id is `undefined`, not a fault.
 * Members are plain functions that may be passed on without their object.
 */
export interface LibrarySystem {
  /** What the library is called, e.g. "书童示范大学图书馆". */
  readonly name: string;
  readonly branches: readonly Named[];
  /** IANA time zone of the library's dates and opening hours. */
  readonly timeZone: string;
  /** How the system is doing, told without asking it: known to whoever watches over its calls. */
  readonly status?: () => Promise<SystemStatus>;
  readonly catalog?: Catalog;
  readonly policy?: Policy;
  /**
   * How a bound reader is served without the PIN: `trusted-terminal`, the library trusts us, so we must be strict
   * about whose reference we send; `session`, with what sign-in gave, until it expires; `ask-each-time`. Present
   * when `signIn` is.
   */
  readonly afterBinding?: (typeof AFTER_BINDING)[number];
  readonly signIn?: SignIn;
  readonly patrons?: Patrons;
  readonly loans?: Loans;
  readonly holds?: Holds;
  readonly fines?: Fines;
}

export interface Catalog {
  /** What `search` understands; everything, if left out. A query that asks for more is REJECTED, never bent. */
  readonly abilities?: SearchAbilities;
  readonly search: (query: SearchInput) => Promise<SearchOutput>;
  /** Up to ten completions of what a reader has typed so far. */
  readonly suggest?: (text: string) => Promise<string[]>;
  readonly bib: (bibId: string) => Promise<Bib | undefined>;
  readonly holdings: (bibId: string) => Promise<Holdings | undefined>;
  readonly related?: (bibId: string) => Promise<RelatedBibs | undefined>;
  readonly itemByBarcode?: (barcode: string) => Promise<{ item: Item; bibId: string } | undefined>;
  /** Newest acquisitions first. */
  readonly newBooks?: (page: PageInput) => Promise<BibPage>;
  /** Most loans in the last year first. */
  readonly mostBorrowed?: (page: PageInput) => Promise<BibPage>;
}

export interface Policy {
  /** Opening intervals of a branch for each day from `from` to `to` (local dates, both included). */
  readonly openingHours: (branchCode: string, from: string, to: string) => Promise<OpeningDay[]>;
  readonly loanRules?: () => Promise<LoanPolicy>;
}
