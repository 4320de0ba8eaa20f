import schema from '../../../cloudfunctions/schema.json';
import { pointSdksTo } from '../../emulator/database/serve';

interface AnyQuery {
  limit(count: number): { get(): Promise<{ data: unknown[] }> };
}
interface AnyDatabase {
  command: { gt(value: string): unknown };
  collection(name: string): AnyQuery & {
    add(documents: readonly object[]): Promise<unknown>;
    where(conditions: object): { orderBy(field: string, direction: 'asc'): AnyQuery };
    doc(id: string): { remove(): Promise<unknown>; update(changes: object): Promise<unknown> };
  };
}

const opened = new Map<string, AnyDatabase>();

/** The SDK takes long to load: once a test file, whatever the address of the cloud. */
async function open(url: string): Promise<AnyDatabase> {
  const known = opened.get(url);
  if (known) return known;
  pointSdksTo(url);
  const { default: sdk } = await import('@cloudbase/node-sdk');
  const database: AnyDatabase = sdk.init({ env: sdk.SYMBOL_CURRENT_ENV, serviceUrl: url }).database();
  opened.set(url, database);
  return database;
}

/** Every document of every collection, as an administrator sees them. */
export async function readDatabase(url: string): Promise<Record<string, Record<string, unknown>[]>> {
  const database = await open(url);
  const all: Record<string, Record<string, unknown>[]> = {};
  for (const name of Object.keys(schema.collections)) {
    all[name] = (await database.collection(name).limit(1000).get()).data as Record<string, unknown>[];
  }
  return all;
}

/** Takes one document away, as an administrator can. */
export async function removeDocument(url: string, collection: string, id: string): Promise<void> {
  await (await open(url)).collection(collection).doc(id).remove();
}

/** All documents of a collection, in the order of their ids, however many. @param page so many fit into an answer */
export async function readCollection<T extends { _id: string }>(
  url: string,
  name: string,
  page = 50,
): Promise<T[]> {
  const database = await open(url);
  const found: T[] = [];
  for (;;) {
    const where = { _id: database.command.gt(found.at(-1)?._id ?? '') };
    const query = database.collection(name).where(where).orderBy('_id', 'asc').limit(page);
    const { data } = (await query.get()) as { data: T[] };
    if (data.length === 0) return found;
    found.push(...data);
  }
}

/** Puts documents in, as an administrator can. */
export async function addDocuments(url: string, name: string, documents: readonly object[]): Promise<void> {
  const collection = (await open(url)).collection(name);
  for (let i = 0; i < documents.length; i += 100) await collection.add(documents.slice(i, i + 100));
}

export async function changeDocument(url: string, name: string, id: string, changes: object): Promise<void> {
  await (await open(url)).collection(name).doc(id).update(changes);
}
