import { Filters } from './filters';
import type { IndexFacets, IndexFilters } from './filters';
import { matchAlmost } from './match-almost';
import { matchReading } from './match-reading';
import { MatchSet, TIER } from './match-set';
import { TextMatcher } from './match-text';
import { bareCallNumber, looksLikeCallNumber, normalCallNumber, toIsbn13 } from './numbers';
import { Order } from './order';
import type { IndexSort } from './order';
import { ANY_FIELD, FIELD } from './postings';
import type { IndexRecord } from './record';
import { findRelated } from './related';
import type { RelatedIds } from './related';
import { buildShelf } from './shelf';
import type { Shelf } from './shelf';
import { suggestNames } from './suggest';
import { splitUnits } from './units';

export type { IndexFacets, IndexFilters } from './filters';
export type { IndexRecord } from './record';
export type { RelatedIds } from './related';
export { toIsbn13 } from './numbers';

export type IndexField = 'any' | 'title' | 'author' | 'subject' | 'isbn' | 'callNumber';

export interface IndexQuery {
  field: IndexField;
  text: string;
  sort: IndexSort;
  /** From 1. */
  page: number;
  pageSize: number;
  filters: IndexFilters;
}

export interface IndexPage {
  /** Of this page, in order. */
  ids: string[];
  total: number;
  facets: IndexFacets;
}

/** With fewer full matches than this, what differs by a slip is added after them. */
const FEW = 5;
/** Longest text that is looked at, in UTF-16 units; what follows is ignored. */
const MAX_TEXT = 256;
const FIELDS = { any: ANY_FIELD, title: FIELD.title, author: FIELD.author, subject: FIELD.subject } as const;

/**
 * A catalogue in memory, searched as readers type: Chinese without blanks,
 * traditional or simplified, in pinyin or by initials, with a slip. Not tied to
 * any library system: an adapter gives it records and tells it what is
 * available. Searching is synchronous and takes bounded time for any text.
 */
export class CatalogIndex {
  readonly #records: readonly IndexRecord[];
  readonly #docs: ReadonlyMap<string, number>;
  readonly #shelf: Shelf;
  readonly #text: TextMatcher;
  readonly #filters: Filters;
  readonly #order: Order;
  readonly #matches: MatchSet;

  constructor(records: readonly IndexRecord[]) {
    this.#records = records;
    this.#docs = new Map(records.map(({ id }, doc) => [id, doc]));
    this.#shelf = buildShelf(records);
    this.#text = new TextMatcher(this.#shelf);
    this.#filters = new Filters(records);
    this.#order = new Order(records);
    this.#matches = new MatchSet(records.length);
  }

  get size(): number {
    return this.#records.length;
  }

  /** Says at which branches a copy can be taken now; none before it is said. Unknown ids are ignored. */
  setAvailable(id: string, branches: readonly string[]): void {
    const doc = this.#docs.get(id);
    if (doc !== undefined) this.#filters.setAvailable(doc, branches);
  }

  search({ field, text, sort, page, pageSize, filters }: IndexQuery): IndexPage {
    const matches = this.#matches;
    try {
      this.#match(field, text.slice(0, MAX_TEXT));
      const { docs, facets } = this.#filters.apply(matches, filters);
      const start = (page - 1) * pageSize;
      const ids = this.#ids(this.#order.sort(docs, matches, sort).slice(start, start + pageSize));
      return { ids, total: docs.length, facets };
    } finally {
      matches.clear();
    }
  }

  /** Up to ten titles and authors that begin like this. */
  suggest(text: string): string[] {
    return suggestNames(this.#shelf, this.#records, text.slice(0, MAX_TEXT));
  }

  /** `undefined` for an unknown id. */
  related(id: string): RelatedIds | undefined {
    const doc = this.#docs.get(id);
    return doc === undefined ? undefined : findRelated(this.#shelf, this.#records, doc);
  }

  /** Newest acquisitions first. */
  newest(page: number, pageSize: number): string[] {
    return this.#ids([...this.#order.byAcquisition.subarray((page - 1) * pageSize, page * pageSize)]);
  }

  /** Most loans first. */
  mostBorrowed(page: number, pageSize: number): string[] {
    return this.#ids([...this.#order.byLoans.subarray((page - 1) * pageSize, page * pageSize)]);
  }

  #ids(docs: readonly number[]): string[] {
    return docs.map((doc) => this.#records[doc]!.id);
  }

  #match(field: IndexField, text: string): void {
    if (field === 'isbn') return this.#matchIsbn(text);
    if (field === 'callNumber') return this.#matchCallNumber(text);
    if (field === 'any') {
      this.#matchIsbn(text);
      if (looksLikeCallNumber(text)) this.#matchCallNumber(text);
    }
    const matches = this.#matches;
    const units = splitUnits(text);
    const fields = FIELDS[field];
    this.#text.match(units, fields, matches, false);
    matchReading(this.#shelf, text, fields, matches);
    if (matches.docs.length >= FEW || matches.docs.some((doc) => this.#isNamed(doc))) return;
    if (matches.docs.length === 0) this.#text.match(units, fields, matches, true);
    matchAlmost(this.#shelf, text, units, fields, matches);
  }

  /** Whether the query is the title, written or read aloud: then nobody needs anything like it. */
  #isNamed(doc: number): boolean {
    const tier = this.#matches.tier(doc);
    return tier === TIER.exactTitle || tier === TIER.readTitle;
  }

  #matchIsbn(text: string): void {
    const isbn = toIsbn13(text);
    if (isbn === undefined) return;
    for (const doc of this.#shelf.isbns.startingWith(isbn)) this.#matches.offer(doc, TIER.exactTitle);
  }

  /** By its beginning; without separators only if nothing stands under it as written. */
  #matchCallNumber(text: string): void {
    const { callNumbers, bareCallNumbers } = this.#shelf;
    const key = normalCallNumber(text);
    if (key === '') return;
    const found = callNumbers.startingWith(key);
    for (const doc of found.length > 0 ? found : bareCallNumbers.startingWith(bareCallNumber(text))) {
      this.#matches.offer(doc, TIER.titlePhrase);
    }
  }
}
