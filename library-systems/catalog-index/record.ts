/** What the index is told of a title. */
export interface IndexRecord {
  id: string;
  title: string;
  subtitle?: string;
  authors: readonly string[];
  publisher?: string;
  subjects: readonly string[];
  year?: number;
  /** ISO 639-1 code. */
  language?: string;
  /** ISBN-10 or -13, hyphens or blanks allowed. */
  isbns: readonly string[];
  /** Of the title and of its copies. */
  callNumbers: readonly string[];
  /** Codes of the branches that own a copy. */
  branches: readonly string[];
  /** Latest acquisition, milliseconds since the epoch. */
  addedAt: number;
  /** Loans in the last year. */
  loans: number;
}
