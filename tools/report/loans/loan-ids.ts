import { createHash } from 'node:crypto';
import type { FoundLoan } from './read-loan';

/**
 * Ids for the loans of one reader whose rows have none, from reader, copy or title, and time.
 * A copy is lent once at a time: rows with the same copy and time are one loan, whose due date was put right,
 * unless both are returned, at different times. Of a title there may be several copies: without a copy only rows
 * that are alike in all that is read are one loan, and the others are numbered in the order of the file.
 */
export class LoanIds {
  /** By reader, book and time, what tells the loans of it apart. */
  readonly #known = new Map<string, (string | undefined)[]>();

  of({ ref, barcode, loan }: FoundLoan): string {
    const { bibId, title, author, loanedAt, returnedAt } = loan;
    const book = barcode ?? bibId ?? [title, author];
    const key = createHash('sha256')
      .update(JSON.stringify([ref, book, loanedAt]))
      .digest('base64url');
    const known = this.#known.get(key) ?? [];
    this.#known.set(key, known);
    const own = barcode === undefined ? JSON.stringify(loan) : returnedAt;
    const place = known.findIndex((each) => each === own || each === undefined || own === undefined);
    const occurrence = place < 0 ? known.push(own) - 1 : place;
    // Whoever knows of the return tells this loan from the next.
    if (place >= 0) known[place] ??= own;
    return occurrence === 0 ? key.slice(0, LENGTH) : `${key.slice(0, LENGTH)}.${occurrence}`;
  }
}

/** 132 bits. */
const LENGTH = 22;
