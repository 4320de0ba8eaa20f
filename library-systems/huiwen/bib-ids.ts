import { createHash } from 'node:crypto';
import type { SearchField } from '../../contracts/catalog';

/** What a record is found again by. */
export interface Trail {
  field: Extract<SearchField, 'isbn' | 'callNumber'>;
  text: string;
}

/** What tells records apart that have one ISBN or one call number. */
export interface Told {
  marcNo: string;
  title: string;
  author: string;
  publisher: string;
  year: string;
  isbn13?: string;
  callNumber?: string;
}

const MAX_ID = 64;

/**
 * An id that lasts. `marc_no` does not: newer versions encrypt it with a key that changes, older ones give
 * it anew when the catalogue is rebuilt. So the id holds what the record is found again by, the ISBN or the
 * call number, and a mark of its other fields:
 *
 *     i9787536692930.3f9a0c12      c<base64url of the call number>.3f9a0c12
 *
 * A record that has neither keeps its `marc_no` (`m…`), and is lost when that changes.
 */
export function bibIdOf(told: Told): string {
  const mark = markOf(told);
  if (told.isbn13 !== undefined) return `i${told.isbn13}.${mark}`;
  const call = Buffer.from(told.callNumber ?? '', 'utf8').toString('base64url');
  const id = `c${call}.${mark}`;
  if (call !== '' && id.length <= MAX_ID) return id;
  return `m${told.marcNo}`;
}

export type ParsedId = { trail: Trail; mark: string } | { marcNo: string };

export function parseBibId(bibId: string): ParsedId | undefined {
  const [, isbn, isbnMark] = /^i(\d{13})\.([\da-f]{8})$/.exec(bibId) ?? [];
  if (isbn !== undefined && isbnMark !== undefined) {
    return { trail: { field: 'isbn', text: isbn }, mark: isbnMark };
  }
  const [, call, callMark] = /^c([\w-]+)\.([\da-f]{8})$/.exec(bibId) ?? [];
  if (call !== undefined && callMark !== undefined) {
    const text = Buffer.from(call, 'base64url').toString('utf8');
    return { trail: { field: 'callNumber', text }, mark: callMark };
  }
  const [, marcNo] = /^m([\da-zA-Z]{1,63})$/.exec(bibId) ?? [];
  return marcNo === undefined ? undefined : { marcNo };
}

export function markOf({ title, author, publisher, year, callNumber = '' }: Told): string {
  const told = JSON.stringify([title, author, publisher, year, callNumber]);
  return createHash('sha256').update(told).digest('hex').slice(0, 8);
}
