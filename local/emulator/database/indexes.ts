import { someAtPath, splitPath } from './paths';
import type { IndexSchema } from './schema';
import { keyOf, type Document, type DocumentId, type Value } from './values';
import { requestFailed } from './wire-error';

/** More combinations than this and a scan is the better plan. */
const MAX_LOOKUPS = 1000;

/** Ids by key. Most keys of most indexes have one id, which then needs no set of its own. */
class KeyMap {
  readonly #ids = new Map<string, DocumentId | Set<DocumentId>>();

  get(key: string): Iterable<DocumentId> {
    const held = this.#ids.get(key);
    if (held === undefined) return [];
    return held instanceof Set ? held : [held];
  }

  count(key: string): number {
    const held = this.#ids.get(key);
    if (held === undefined) return 0;
    return held instanceof Set ? held.size : 1;
  }

  add(key: string, id: DocumentId): void {
    const held = this.#ids.get(key);
    if (held === undefined) this.#ids.set(key, id);
    else if (held instanceof Set) held.add(id);
    else if (held !== id) this.#ids.set(key, new Set([held, id]));
  }

  delete(key: string, id: DocumentId): void {
    const held = this.#ids.get(key);
    if (held === id) this.#ids.delete(key);
    else if (held instanceof Set && held.delete(id) && held.size === 0) this.#ids.delete(key);
  }
}

/** An absent field counts as null: two documents without it collide in a unique index. An empty array does not. */
function indexedKeys(document: Document, path: readonly string[]): string[] {
  const keys: string[] = [];
  someAtPath(document, path, (value, expand) => {
    if (!expand || !Array.isArray(value)) keys.push(keyOf(value ?? null));
    else if (value.length === 0) keys.push(keyOf(undefined));
    else keys.push(...value.map(keyOf));
    return false;
  });
  return keys.length === 0 ? [keyOf(null)] : keys;
}

/** The keys of every prefix of the index: prefixes[0] for its first field alone, and so on. */
type PrefixKeys = Set<string>[];

/** An index for equality, also on its leading fields and on elements of arrays. */
export class Index {
  readonly name: string;
  readonly unique: boolean;
  readonly paths: readonly { readonly name: string; readonly segments: string[] }[];
  readonly #prefixes: KeyMap[];

  constructor(schema: IndexSchema) {
    this.name = schema.name;
    this.unique = schema.unique;
    this.paths = schema.fields.map(({ field }) => ({ name: field, segments: splitPath(field) }));
    this.#prefixes = this.paths.map(() => new KeyMap());
  }

  add(id: DocumentId, document: Document): void {
    this.#keys(document).forEach((keys, i) => keys.forEach((key) => this.#prefixes[i]?.add(key, id)));
  }

  remove(id: DocumentId, document: Document): void {
    this.#keys(document).forEach((keys, i) => keys.forEach((key) => this.#prefixes[i]?.delete(key, id)));
  }

  /** The full keys of a document: two documents sharing one collide if the index is unique. */
  keysOf(document: Document): Set<string> {
    return this.#keys(document).at(-1) ?? new Set();
  }

  /** Who holds a full key. */
  holders(key: string): Iterable<DocumentId> {
    return this.#prefixes.at(-1)?.get(key) ?? [];
  }

  /**
   * The ids of all documents that can fulfil the equalities, and maybe a few more; undefined if this index cannot say.
   */
  lookUp(equalities: ReadonlyMap<string, Value[]>): Set<DocumentId> | undefined {
    const plan = this.#plan(equalities);
    if (plan === undefined) return undefined;
    const ids = new Set<DocumentId>();
    for (const key of plan.keys) for (const id of plan.map.get(key)) ids.add(id);
    return ids;
  }

  /** How many ids `lookUp` would give, at most. */
  estimate(equalities: ReadonlyMap<string, Value[]>): number | undefined {
    const plan = this.#plan(equalities);
    return plan?.keys.reduce((sum, key) => sum + plan.map.count(key), 0);
  }

  #plan(equalities: ReadonlyMap<string, Value[]>): { map: KeyMap; keys: string[] } | undefined {
    let keys = [''];
    let fields = 0;
    for (const { name } of this.paths) {
      const values = equalities.get(name);
      if (values === undefined || keys.length * values.length > MAX_LOOKUPS) break;
      keys = keys.flatMap((prefix) => values.map((value) => prefix + keyOf(value)));
      fields++;
    }
    const map = this.#prefixes[fields - 1];
    return map && { map, keys };
  }

  #keys(document: Document): PrefixKeys {
    let keys = new Set(['']);
    let arrays = 0;
    return this.paths.map(({ segments }) => {
      const parts = indexedKeys(document, segments);
      if (parts.length > 1 && ++arrays > 1) {
        throw requestFailed(`cannot index parallel arrays (index ${this.name})`);
      }
      keys = new Set([...keys].flatMap((prefix) => parts.map((part) => prefix + part)));
      return keys;
    });
  }
}
