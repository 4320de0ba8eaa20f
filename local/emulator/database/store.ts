import { Collection } from './collection';
import { encodeValue, valueFromJson } from './ejson';
import { PendingWrites, type Write } from './pending-writes';
import { Persistence } from './persistence';
import type { DatabaseSchema } from './schema';
import type { CollectionState, SnapshotLine } from './snapshot';
import { fieldOf, isDocument, type Document, type DocumentId } from './values';
import { collectionNotFound, requestFailed } from './wire-error';

/** BSON's own limit on a document, counted here in bytes of extended JSON. */
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** An entry of the journal: ["p",collection,document] puts, ["d",collection,id] deletes, ["c",collection] creates, ["r"] empties all. */
type Entry = ['p', string, unknown] | ['d', string, DocumentId] | ['c', string] | ['r'];

export function idOf(document: Document): DocumentId {
  const id = fieldOf(document, '_id');
  if (typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id))) return id;
  throw requestFailed('_id must be a string or a number');
}

/**
 * All collections in memory, made durable by a journal. Commits are visible at once; nobody may be told of them,
 * or of anything read after them, before `settled`.
 */
export class Store {
  readonly #schema: DatabaseSchema;
  readonly #collections = new Map<string, Collection>();
  #persistence: Persistence | undefined;
  #version = 0;
  /** The version that the oldest open transaction sees. */
  #oldestSnapshot: number | undefined;

  private constructor(schema: DatabaseSchema) {
    this.#schema = schema;
  }

  static async open(
    dir: string,
    schema: DatabaseSchema,
    log: (line: string) => void,
    compactAbove?: number,
  ): Promise<Store> {
    const store = new Store(schema);
    store.#persistence = await Persistence.load(
      dir,
      { fromSnapshot: store.#snapshotReader(), fromJournal: (entries) => store.#replay(entries as Entry[]) },
      { state: () => store.#state(), log, ...(compactAbove === undefined ? {} : { compactAbove }) },
    );
    try {
      store.#createFromSchema();
      store.#checkUniqueness();
    } catch (error) {
      await store.close();
      throw error;
    }
    return store;
  }

  get version(): number {
    return this.#version;
  }

  /** @throws WireError DATABASE_COLLECTION_NOT_EXIST */
  collection(name: unknown): Collection {
    const collection = typeof name === 'string' ? this.#collections.get(name) : undefined;
    if (collection === undefined) throw collectionNotFound(String(name));
    return collection;
  }

  hasCollection(name: string): boolean {
    return this.#collections.has(name);
  }

  createCollection(name: string): void {
    if (this.#collections.has(name)) return;
    this.#durable().commit([JSON.stringify(['c', name] satisfies Entry)]);
    this.#create(name);
  }

  /** All or nothing, in memory and in the journal. The caller has checked unique indexes and locks. */
  commit(writes: readonly Write[]): void {
    if (writes.length === 0) return;
    this.#durable().commit([`[${writes.map(encodeWrite).join(',')}]`]);
    this.#version++;
    for (const { collection, id, document } of writes) {
      collection.apply(id, document, this.#version, this.#oldestSnapshot !== undefined);
    }
  }

  /** Resolves when everything committed so far is on the disk. */
  settled(): Promise<void> {
    return this.#durable().settled();
  }

  /** From now on keeps what transactions that began at this version or later may read; undefined: nothing. */
  keepSince(version: number | undefined): void {
    if (version === this.#oldestSnapshot) return;
    this.#oldestSnapshot = version;
    for (const collection of this.#collections.values()) collection.forgetBefore(version ?? Infinity);
  }

  /** Empties the database down to its schema. */
  reset(): void {
    this.#durable().commit([JSON.stringify(['r'] satisfies Entry)]);
    this.#collections.clear();
    this.#version++;
    this.#createFromSchema();
  }

  close(): Promise<void> {
    return this.#durable().close();
  }

  #durable(): Persistence {
    if (this.#persistence === undefined) throw new Error('the store is not open');
    return this.#persistence;
  }

  #create(name: string): Collection {
    const { collections } = this.#schema;
    const collection = new Collection(name, Object.hasOwn(collections, name) ? collections[name] : undefined);
    this.#collections.set(name, collection);
    return collection;
  }

  #createFromSchema(): void {
    for (const name of Object.keys(this.#schema.collections)) {
      if (!this.#collections.has(name)) this.#create(name);
    }
  }

  #replay(entries: Entry[] | Entry[][]): void {
    for (const entry of entries) {
      if (isGroup(entry)) this.#replay(entry);
      else this.#replayEntry(entry);
    }
  }

  #replayEntry(entry: Entry): void {
    if (entry[0] === 'r') {
      this.#collections.clear();
      return;
    }
    const collection = this.#collections.get(entry[1]) ?? this.#create(entry[1]);
    if (entry[0] === 'd') collection.apply(entry[2], undefined, 0, false);
    if (entry[0] === 'p') putStored(collection, entry[2]);
  }

  #snapshotReader(): (line: SnapshotLine) => void {
    let collection: Collection | undefined;
    return (line) => {
      if ('collection' in line) collection = this.#create(line.collection);
      else if ('documents' in line && collection !== undefined) {
        for (const json of line.documents) putStored(collection, json);
      }
    };
  }

  #state(): CollectionState[] {
    return [...this.#collections.values()].map((collection) => ({
      name: collection.name,
      documents: [...collection.all()],
    }));
  }

  /** A unique index that was added to the schema later may be broken by what is stored already. */
  #checkUniqueness(): void {
    const nothingPending = new PendingWrites();
    for (const collection of this.#collections.values()) {
      for (const document of collection.all()) {
        const clash = nothingPending.findDuplicate(collection, idOf(document), document);
        if (clash === undefined) continue;
        throw new Error(
          `The stored documents ${JSON.stringify(idOf(document))} and ${JSON.stringify(clash.holder)} of ${collection.name} collide in the unique index ${clash.index}. ` +
            'Mend the data with the schema of before, or start with an empty database: npm start -- --reset',
        );
      }
    }
  }
}

const isGroup = (entry: Entry | Entry[]): entry is Entry[] => Array.isArray(entry[0]);

function putStored(collection: Collection, json: unknown): void {
  const document = valueFromJson(json);
  if (isDocument(document)) collection.apply(idOf(document), document, 0, false);
}

function encodeWrite({ collection, id, document }: Write): string {
  const name = JSON.stringify(collection.name);
  if (document === undefined) return `["d",${name},${JSON.stringify(id)}]`;
  const body = encodeValue(document);
  if (body.length > MAX_DOCUMENT_BYTES) throw requestFailed('the document is larger than 16 MB');
  return `["p",${name},${body}]`;
}
