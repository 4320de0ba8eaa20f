import { NAME } from './names';
import { normalCallNumber } from './numbers';
import type { IndexRecord } from './record';
import { nameOf } from './shelf';
import type { Shelf } from './shelf';

export interface RelatedIds {
  /** Other editions: the same title by the same first author. */
  editions: string[];
  sameAuthor: string[];
  /** The nearest by call number, in the order in which they stand on the shelf. */
  nearby: string[];
}

const MAX_EACH = 10;
/** More neighbours than are shown, as some of them are editions. */
const LOOK_AROUND = 3 * MAX_EACH;

/** What stands around a title. */
export function findRelated(shelf: Shelf, records: readonly IndexRecord[], doc: number): RelatedIds {
  const record = records[doc]!;
  const byLoans = (a: number, b: number): number => records[b]!.loans - records[a]!.loans || a - b;
  const named = (name: string, kind: number): number[] =>
    shelf.names
      .exactly(name)
      .filter((entry) => entry.kind === kind)
      .map((entry) => entry.doc);

  const [author] = record.authors;
  const byAuthor =
    author === undefined ? [] : named(nameOf(author), NAME.author).filter((other) => other !== doc);
  const sameTitle = new Set(named(nameOf(record.title), NAME.title));
  const editions = byAuthor.filter((other) => sameTitle.has(other)).sort(byLoans);
  const sameAuthor = byAuthor.filter((other) => !sameTitle.has(other)).sort(byLoans);
  const [callNumber] = record.callNumbers;
  const shown = new Set([doc, ...editions]);
  const nearby =
    callNumber === undefined
      ? []
      : shelf.callNumbers
          .around(normalCallNumber(callNumber), LOOK_AROUND)
          .filter((other) => !shown.has(other));
  const first = (docs: readonly number[]): number[] => [...new Set(docs)].slice(0, MAX_EACH);
  const ids = (docs: readonly number[]): string[] => docs.map((other) => records[other]!.id);
  const place = (other: number): string => normalCallNumber(records[other]!.callNumbers[0] ?? '');
  const onShelf = first(nearby).sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : a - b));
  return { editions: ids(first(editions)), sameAuthor: ids(first(sameAuthor)), nearby: ids(onShelf) };
}
