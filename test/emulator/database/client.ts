import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EJSON } from 'bson';
import { Database, type CollectionSchema, type DatabaseSchema } from '../../../local/emulator/database';

export const NOW = Date.UTC(2026, 10, 21, 2, 0, 0);

export type Json = Record<string, unknown>;

/** As the SDKs write it, by MongoDB's own library. */
const write = (value: unknown): string => EJSON.stringify(value, { relaxed: false });
const read = (text: unknown): Json => EJSON.parse(text as string) as Json;

interface Data {
  data: {
    list: string[];
    total: number;
    updated: number;
    deleted: number;
    insertedIds: string[];
    doc?: string;
  };
  transactionId: string;
}

/** Speaks to the database in wire requests, without HTTP and without an SDK. */
export class Client {
  constructor(
    readonly database: Database,
    readonly collection: string,
    readonly transactionId?: string,
  ) {}

  in(transactionId: string): Client {
    return new Client(this.database, this.collection, transactionId);
  }

  of(collection: string): Client {
    return new Client(this.database, collection, this.transactionId);
  }

  async call(action: string, params: Json): Promise<Data> {
    const transaction = this.transactionId === undefined ? {} : { transactionId: this.transactionId };
    const all = { collectionName: this.collection, ...transaction, ...params };
    return (await this.database.handle(`database.${action}`, all)) as unknown as Data;
  }

  async insert(...documents: Json[]): Promise<string[]> {
    return (await this.call('insertDocument', { data: documents.map(write) })).data.insertedIds;
  }

  async find(
    query: Json = {},
    options: { order?: Json; offset?: number; limit?: number; projection?: Json } = {},
  ) {
    const { order, projection, ...others } = options;
    const { data } = await this.call('getDocument', {
      queryType: 'WHERE',
      query: write(query),
      ...others,
      ...(order === undefined ? {} : { order: write(order) }),
      ...(projection === undefined ? {} : { projection: write(projection) }),
    });
    return data.list.map(read);
  }

  /** The ids of the matching documents, in the order in which they come. */
  async ids(query: Json, order?: Json): Promise<unknown[]> {
    const found = await this.find(query, { limit: 1000, ...(order === undefined ? {} : { order }) });
    return found.map(({ _id }) => _id);
  }

  async get(id: string): Promise<Json | undefined> {
    const { data } = await this.call('getDocument', { queryType: 'DOC', query: write({ _id: id }) });
    return data.list.map(read)[0];
  }

  async count(query: Json = {}): Promise<number> {
    return (await this.call('calculateDocument', { query: write(query) })).data.total;
  }

  async update(query: Json, update: Json, multi = true): Promise<number> {
    const request = { query: write(query), data: write(update), multi, merge: true, upsert: false };
    return (await this.call('modifyDocument', { queryType: 'WHERE', ...request })).data.updated;
  }

  async set(id: string, document: Json): Promise<void> {
    const request = {
      query: write({ _id: id }),
      data: write(document),
      multi: false,
      merge: false,
      upsert: true,
    };
    await this.call('modifyDocument', { queryType: 'DOC', ...request });
  }

  async remove(query: Json): Promise<number> {
    return (await this.call('removeDocument', { query: write(query), multi: true })).data.deleted;
  }

  async aggregate(...stages: Json[]): Promise<Json[]> {
    const { data } = await this.call('aggregateDocuments', {
      stages: stages.flatMap((stage) =>
        Object.entries(stage).map(([stageKey, value]) => ({ stageKey, stageValue: write(value) })),
      ),
    });
    return data.list.map(read);
  }

  async begin(): Promise<Client> {
    return this.in((await this.call('startTransaction', {})).transactionId);
  }

  async commit(): Promise<void> {
    await this.call('commitTransaction', {});
  }

  async abort(): Promise<void> {
    await this.call('abortTransaction', {});
  }
}

export interface Folder {
  dir: string;
  remove(): Promise<void>;
}

export async function makeFolder(): Promise<Folder> {
  const dir = await mkdtemp(join(tmpdir(), 'shutong-database-'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

export const unique = (field: string): CollectionSchema['indexes'][number] => ({
  name: `${field}_unique`,
  fields: [{ field, direction: 1 }],
  unique: true,
});

export const ordinary = (...fields: string[]): CollectionSchema['indexes'][number] => ({
  name: fields.join('_'),
  fields: fields.map((field) => ({ field, direction: 1 })),
  unique: false,
});

export async function openDatabase(
  dir: string,
  schema: DatabaseSchema = { collections: { docs: { indexes: [] } } },
  options: { log?: string[]; compactAbove?: number } = {},
): Promise<Database> {
  const { log = [], ...others } = options;
  return Database.open({ dir, schema, clock: { now: () => NOW }, log: (line) => log.push(line), ...others });
}
