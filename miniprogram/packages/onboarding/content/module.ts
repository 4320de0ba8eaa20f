export interface Words {
  zh: string;
  en: string;
}

/** What the library's live policy fills into a text, each in the words of the page's language. */
export const PLACEHOLDERS = [
  /** How many books and holds this reader may have. */
  'maxLoans',
  'maxHolds',
  /** Of a standard book: days of a loan, how often it is renewed, days of a renewal. */
  'loanDays',
  'renewals',
  'renewalDays',
  /** Loans are renewed on so many last days, the due date included. */
  'renewalWindowDays',
  /** Money as text, such as “¥0.20”: for a book and open day; at most for a book; from where on nothing is lent. */
  'finePerDay',
  'maxFine',
  'blockAt',
  /** Open days that a held book waits. */
  'pickupDays',
  /** Names of the branches, joined. */
  'branches',
  /** Today's hours of the first branch, such as “8:00–22:00”. */
  'openToday',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** A paragraph that says the same everywhere. */
type Plain = Words & { needs?: never; otherwise?: never };
/** A paragraph with `{placeholder}`s: `otherwise` stands in its place unless all it needs are known. */
type FromPolicy = Words & { needs: readonly Placeholder[]; otherwise: Words };
export type Paragraph = Plain | FromPolicy;

/** One screen. */
export interface ModuleCard {
  id: string;
  title: Words;
  paragraphs: readonly Paragraph[];
  points?: readonly Words[];
  /** The one line to keep, where the subject is asked of everybody. */
  remember?: Words;
  /** A file in this package's `images`. */
  picture: string;
  /** What the picture shows, for those who hear the page. */
  alt: Words;
}

/** Its icon is `<id>.svg` in this package's `images`. */
export interface LearningModule {
  id: string;
  title: Words;
  summary: Words;
  /** How long unhurried reading takes. */
  minutes: number;
  cards: readonly ModuleCard[];
}
