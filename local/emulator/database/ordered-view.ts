import BTree from 'sorted-btree';
import { someAtPath } from './paths';
import { compareValues, keyOf, type Document, type DocumentId, type Value } from './values';

/** Where a document stands: by its value, and among equals in the natural order. */
interface Place {
  value: Value;
  ordinal: number;
}
type Tree = BTree<Place, DocumentId>;

/** Between which values, both included, a document can match; what is left out is open. */
export interface Range {
  from?: Value;
  to?: Value;
}

const comparePlaces = (a: Place, b: Place): number =>
  compareValues(a.value, b.value) || a.ordinal - b.ordinal;

/** The value that a path leads to, null if it is absent; undefined if there are several, or a list. */
function singleValue(document: Document, path: readonly string[]): Value | undefined {
  let found: Value | undefined;
  let count = 0;
  someAtPath(document, path, (value) => {
    found = value ?? null;
    count++;
    return false;
  });
  return count > 1 || Array.isArray(found) ? undefined : (found ?? null);
}

/**
 * Documents in the order of one field, apart for each combination of values of some fields before it: what MongoDB
 * reads from an index when a query pins its first fields and asks for a page in the order of the next.
 */
export class OrderedView {
  readonly #pinned: readonly (readonly string[])[];
  readonly #by: readonly string[];
  readonly #trees = new Map<string, Tree>();
  #isUsable = true;

  constructor(pinned: readonly (readonly string[])[], by: readonly string[]) {
    this.#pinned = pinned;
    this.#by = by;
  }

  /** False once a document with a list on one of the paths has come: it would stand in several places. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  add(id: DocumentId, document: Document, ordinal: number): void {
    const [key, value] = this.#placeOf(document);
    if (key === undefined || value === undefined) return;
    let tree = this.#trees.get(key);
    if (tree === undefined)
      this.#trees.set(key, (tree = new BTree<Place, DocumentId>(undefined, comparePlaces)));
    tree.set({ value, ordinal }, id);
  }

  remove(document: Document, ordinal: number): void {
    const [key, value] = this.#placeOf(document);
    if (key === undefined || value === undefined) return;
    const tree = this.#trees.get(key);
    tree?.delete({ value, ordinal });
    if (tree?.size === 0) this.#trees.delete(key);
  }

  /** How many documents have these values in the pinned fields. */
  size(pinned: readonly Value[]): number {
    return this.#treeOf(pinned)?.size ?? 0;
  }

  /** Equals come in natural order, whatever the direction. */
  *read(pinned: readonly Value[], { from, to }: Range, direction: 1 | -1): Generator<DocumentId> {
    const tree = this.#treeOf(pinned);
    if (tree === undefined) return;
    if (direction === 1) yield* ascending(tree, from, to);
    else yield* descending(tree, from, to);
  }

  #treeOf(pinned: readonly Value[]): Tree | undefined {
    return this.#trees.get(pinned.map(keyOf).join(''));
  }

  #placeOf(document: Document): [key?: string, value?: Value] {
    if (!this.#isUsable) return [];
    let key = '';
    for (const path of this.#pinned) {
      const value = singleValue(document, path);
      if (value === undefined) return this.#giveUp();
      key += keyOf(value);
    }
    const value = singleValue(document, this.#by);
    return value === undefined ? this.#giveUp() : [key, value];
  }

  #giveUp(): [] {
    this.#isUsable = false;
    this.#trees.clear();
    return [];
  }
}

function* ascending(tree: Tree, from: Value | undefined, to: Value | undefined): Generator<DocumentId> {
  const start = from === undefined ? undefined : { value: from, ordinal: -1 };
  for (const [{ value }, id] of tree.entries(start)) {
    if (to !== undefined && compareValues(value, to) > 0) return;
    yield id;
  }
}

function* descending(tree: Tree, from: Value | undefined, to: Value | undefined): Generator<DocumentId> {
  const start = to === undefined ? undefined : { value: to, ordinal: Infinity };
  let equals: DocumentId[] = [];
  let last: Value | undefined;
  for (const [{ value }, id] of tree.entriesReversed(start)) {
    if (from !== undefined && compareValues(value, from) < 0) break;
    if (equals.length > 0 && compareValues(value, last) !== 0) {
      yield* equals.reverse();
      equals = [];
    }
    equals.push(id);
    last = value;
  }
  yield* equals.reverse();
}
