import type { Collection } from './collection';
import { uniqueKeys } from './pending-writes';
import type { Document, DocumentId } from './values';
import { keyOf } from './values';
import { requestFailed, type WireError } from './wire-error';

export interface LockHolder {
  /** Resolves when everything it held is free. */
  ended: Promise<void>;
}

/** Which open transaction is about to change what. */
export class Locks {
  readonly #holders = new Map<string, LockHolder>();

  holderOf(resources: readonly string[], except?: LockHolder): LockHolder | undefined {
    for (const resource of resources) {
      const holder = this.#holders.get(resource);
      if (holder !== undefined && holder !== except) return holder;
    }
    return undefined;
  }

  take(resources: readonly string[], holder: LockHolder): void {
    for (const resource of resources) this.#holders.set(resource, holder);
  }

  releaseAll(holder: LockHolder): void {
    for (const [resource, by] of this.#holders) if (by === holder) this.#holders.delete(resource);
  }
}

/** What a write of a document touches: the document, and its keys in unique indexes before and after. */
export function resourcesOf(
  collection: Collection,
  id: DocumentId,
  states: readonly (Document | undefined)[],
): string[] {
  const keys = states.flatMap((document) => (document === undefined ? [] : uniqueKeys(collection, document)));
  return [`\0${keyOf(id)}`, ...keys].map((resource) => `${collection.name}\0${resource}`);
}

export const duplicateKey = (collection: Collection, index: string): WireError =>
  requestFailed(`E11000 duplicate key error collection: ${collection.name} index: ${index} dup key`);
