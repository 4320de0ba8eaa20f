/** The fields that words are found in, as bits. */
export const FIELD = { title: 1, author: 2, subject: 4, publisher: 8 } as const;
export const ANY_FIELD = 15;
const FIELD_BITS = 4;

/** A posting is a record's number with the fields in which the term stands. */
export const docOf = (posting: number): number => posting >>> FIELD_BITS;
export const fieldsOf = (posting: number): number => posting & ANY_FIELD;

const NONE = new Uint32Array(0);

/** Collects terms of records; records must come in ascending order. */
export class PostingsBuilder {
  readonly #ids = new Map<string, number>();
  #terms = new Uint32Array(1 << 16);
  #postings = new Uint32Array(1 << 16);
  #size = 0;

  add(doc: number, terms: ReadonlyMap<string, number>): void {
    for (const [term, fields] of terms) {
      let id = this.#ids.get(term);
      if (id === undefined) this.#ids.set(term, (id = this.#ids.size));
      if (this.#size === this.#terms.length) {
        this.#terms = grow(this.#terms);
        this.#postings = grow(this.#postings);
      }
      this.#terms[this.#size] = id;
      this.#postings[this.#size++] = (doc << FIELD_BITS) | fields;
    }
  }

  build(): Postings {
    const starts = new Uint32Array(this.#ids.size + 1);
    for (let i = 0; i < this.#size; i++) starts[this.#terms[i]! + 1]!++;
    for (let id = 1; id < starts.length; id++) starts[id]! += starts[id - 1]!;
    const next = starts.slice();
    const lists = new Uint32Array(this.#size);
    for (let i = 0; i < this.#size; i++) lists[next[this.#terms[i]!]!++] = this.#postings[i]!;
    return new Postings(this.#ids, starts, lists);
  }
}

function grow(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const bigger = new Uint32Array(array.length * 2);
  bigger.set(array);
  return bigger;
}

/** Which records hold a term: one array of numbers for all terms, little memory and fast to run through. */
export class Postings {
  constructor(
    readonly ids: ReadonlyMap<string, number>,
    private readonly starts: Uint32Array,
    private readonly lists: Uint32Array,
  ) {}

  /** In ascending order of records; empty for an unknown term. */
  of(term: string): Uint32Array {
    const id = this.ids.get(term);
    return id === undefined ? NONE : this.lists.subarray(this.starts[id], this.starts[id + 1]);
  }
}
