import tcb from '@cloudbase/node-sdk';

// The part of the SDK that is used here, for its own declarations say `any` where it matters.
interface Document {
  get(): Promise<{ data: unknown }>;
  set(content: object): Promise<unknown>;
  update(changes: object): Promise<{ updated: number }>;
  remove(): Promise<{ deleted: number }>;
  field(projection: Record<string, boolean>): Document;
}
interface Query {
  limit(count: number): Query;
  orderBy(field: string, direction: 'asc' | 'desc'): Query;
  field(projection: Record<string, boolean>): Query;
  get(): Promise<{ data: unknown[] }>;
  count(): Promise<{ total: number }>;
  update(changes: object): Promise<{ updated: number }>;
  remove(): Promise<{ deleted: number }>;
}
interface Collection {
  doc(id: string): Document;
  where(conditions: object): Query;
  add(document: object): Promise<unknown>;
}
interface Transaction {
  collection(name: string): Collection;
  commit(): Promise<unknown>;
  rollback(): Promise<unknown>;
}
interface Condition {
  and(other: Condition): Condition;
  or(other: Condition): Condition;
}
interface Db {
  collection(name: string): Collection;
  startTransaction(): Promise<Transaction>;
  command: {
    lt: (value: number | string) => Condition;
    lte: (value: number) => Condition;
    gt: (value: number | string) => Condition;
    in: (values: readonly unknown[]) => Condition;
    nin: (values: readonly unknown[]) => Condition;
    neq: (value: unknown) => Condition;
    exists: (there: boolean) => Condition;
    inc: (by: number) => unknown;
    max: (value: number) => unknown;
    pull: (value: unknown) => unknown;
    remove: () => unknown;
  };
}

/** Field → value, or a condition or change made with {@link command}. */
export type Fields = Record<string, unknown>;

/** What may be done inside of a transaction: nothing that the SDK would send without its id. */
export interface TransactionTable<T extends { _id: string }> {
  find(id: string): Promise<T | undefined>;
  /** At most 1,000 documents. */
  findAll(where: Fields): Promise<T[]>;
  /** The same without what is in them: what an answer may hold, 1 MB, is no bound then. */
  findIds(where: Fields): Promise<string[]>;
  /** @throws an error that {@link isDuplicate} knows */
  add(document: T): Promise<void>;
  /** Writes the whole document, whether there is one or not. */
  put(document: T): Promise<void>;
  /** @returns whether there was such a document and it changed */
  update(id: string, changes: Fields): Promise<boolean>;
  remove(id: string): Promise<boolean>;
}

/** A part of a collection, in the order of one field. */
export interface PageRequest<T> {
  where: Fields;
  by: keyof T & string;
  /** From the least to the greatest, if left out. */
  order?: 'asc' | 'desc';
  /** The last value of the page before; only where no two documents share one. */
  after?: string | undefined;
  /** At most 1,000; a page must stay below 1 MB. */
  limit: number;
  /** Fields that are wanted; paths may lead into arrays. */
  fields: readonly string[];
}

/** One collection of the cloud database. */
export interface Table<T extends { _id: string }> extends TransactionTable<T> {
  /** The document without the fields named. */
  findWithout(id: string, fields: readonly (keyof T & string)[]): Promise<Partial<T> | undefined>;
  findPage(request: PageRequest<T>): Promise<Partial<T>[]>;
  count(where: Fields): Promise<number>;
  /** Changes all that match, each atomically. @returns how many changed */
  updateWhere(where: Fields, changes: Fields): Promise<number>;
  /** @returns how many were removed */
  removeWhere(where: Fields): Promise<number>;
}

let opened: Db | undefined;

/** Opened on first use: most calls only search and need no database. */
export const database = (): Db =>
  (opened ??= tcb.init({ env: tcb.SYMBOL_CURRENT_ENV }).database() as unknown as Db);

/** Conditions and changes: `command().lt(3)`, `command().inc(1)`. */
export const command = (): Db['command'] => database().command;

export function table<T extends { _id: string }>(name: string): Table<T> {
  const collection = (): Collection => database().collection(name);
  return {
    ...operationsOn<T>(collection),
    async findWithout(id, fields) {
      const projection = Object.fromEntries(fields.map((field) => [field, false]));
      const { data } = (await collection().doc(id).field(projection).get()) as { data: Partial<T>[] };
      return data[0];
    },
    async findPage({ where, by, order = 'asc', after, limit, fields }) {
      const beyond = order === 'asc' ? command().gt : command().lt;
      const from = after === undefined ? where : { ...where, [by]: beyond(after) };
      const projection = Object.fromEntries([by, ...fields].map((field) => [field, true]));
      const query = collection().where(from).orderBy(by, order).limit(limit).field(projection);
      return (await query.get()).data as Partial<T>[];
    },
    async count(where) {
      return (await collection().where(where).count()).total;
    },
    async updateWhere(where, changes) {
      return (await collection().where(where).update(changes)).updated;
    },
    async removeWhere(where) {
      return (await collection().where(where).remove()).deleted;
    },
  };
}

/** The operations that a plain collection and one of a transaction share. */
export function operationsOn<T extends { _id: string }>(collection: () => Collection): TransactionTable<T> {
  return {
    async find(id) {
      // a list outside of a transaction, the document or null inside of one
      const { data } = (await collection().doc(id).get()) as { data: T[] | T | null };
      return Array.isArray(data) ? data[0] : (data ?? undefined);
    },
    async findAll(where) {
      return (await collection().where(where).limit(1000).get()).data as T[];
    },
    async findIds(where) {
      const { data } = await collection().where(where).field({ _id: true }).limit(1000).get();
      return (data as { _id: string }[]).map(({ _id }) => _id);
    },
    async add(document) {
      await collection().add(document);
    },
    async put({ _id, ...content }) {
      await collection().doc(_id).set(content);
    },
    async update(id, changes) {
      return (await collection().doc(id).update(changes)).updated > 0;
    },
    async remove(id) {
      return (await collection().doc(id).remove()).deleted > 0;
    },
  };
}

/** Whether the database refused a second document with the same key of a unique index. */
export const isDuplicate = (error: unknown): boolean => /\bE11000\b/.test(messageOf(error));

/** Whether another transaction was faster; the same work may succeed when it is done anew. */
export const isConflict = (error: unknown): boolean =>
  /TransactionConflict|TransactionBusy|TransactionNotExist/.test(messageOf(error));

function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { message } = error as { message?: unknown };
  return typeof message === 'string' ? message : '';
}
