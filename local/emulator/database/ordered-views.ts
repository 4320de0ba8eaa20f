import type { Index } from './indexes';
import { OrderedView, type Range } from './ordered-view';
import type { CompiledQuery } from './query';
import { splitPath } from './paths';
import type { Document, DocumentId, Value } from './values';

/** What an index would have to give to be read in order: the values of its first fields, and a field after them. */
interface Plan {
  name: string;
  pinned: { segments: readonly string[]; value: Value }[];
  by: string;
}

export interface StoredPlace {
  id: DocumentId;
  document: Document;
  ordinal: number;
}

/**
 * The ordered views of a collection: one for each index, number of pinned fields and field of order, made when it is
 * first asked for and kept up from then on.
 */
export class OrderedViews {
  readonly #views = new Map<string, OrderedView>();
  readonly #indexes: readonly Index[];

  constructor(indexes: readonly Index[]) {
    this.#indexes = indexes;
  }

  add({ id, document, ordinal }: StoredPlace): void {
    for (const view of this.#views.values()) view.add(id, document, ordinal);
  }

  remove({ document, ordinal }: StoredPlace): void {
    for (const view of this.#views.values()) view.remove(document, ordinal);
  }

  /**
   * How to read the documents that can match, and maybe some more, in the order of a field.
   * @param all of the collection, for a view that is not there yet
   * @returns undefined if no index has that order; `size` is what would be read without the query's range
   */
  inOrderOf(
    field: string,
    query: CompiledQuery,
    all: () => Iterable<StoredPlace>,
  ): { size: number; read: (direction: 1 | -1) => Iterable<DocumentId> } | undefined {
    let best: { size: number; view: OrderedView; values: Value[] } | undefined;
    for (const plan of this.#plansFor(field, query)) {
      const view = this.#viewOf(plan, all);
      if (!view.isUsable) continue;
      const values = plan.pinned.map(({ value }) => value);
      const size = view.size(values);
      if (best === undefined || size < best.size) best = { size, view, values };
    }
    if (best === undefined) return undefined;
    const { size, view, values } = best;
    const range: Range = query.ranges.get(field) ?? {};
    return { size, read: (direction) => view.read(values, range, direction) };
  }

  /** Every index may be read by `_id` after its own fields, and so may the whole collection. */
  #plansFor(field: string, { equalities }: CompiledQuery): Plan[] {
    const plans: Plan[] = field === '_id' ? [{ name: '', pinned: [], by: field }] : [];
    for (const index of this.#indexes) {
      const pinned: Plan['pinned'] = [];
      for (const { name, segments } of [...index.paths, { name: '_id', segments: ['_id'] }]) {
        if (name === field) {
          if (name !== '_id' || pinned.length > 0) plans.push({ name: index.name, pinned, by: field });
          break;
        }
        const values = equalities.get(name);
        if (values?.length !== 1) break;
        pinned.push({ segments, value: values[0]! });
      }
    }
    return plans;
  }

  #viewOf({ name, pinned, by }: Plan, all: () => Iterable<StoredPlace>): OrderedView {
    const key = JSON.stringify([name, pinned.length, by]);
    let view = this.#views.get(key);
    if (view === undefined) {
      view = new OrderedView(
        pinned.map(({ segments }) => segments),
        splitPath(by),
      );
      for (const { id, document, ordinal } of all()) view.add(id, document, ordinal);
      this.#views.set(key, view);
    }
    return view;
  }
}
