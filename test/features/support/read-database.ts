import schema from '../../../cloudfunctions/schema.json';
import { pointSdksTo } from '../../emulator/database/serve';

interface AnyDatabase {
  collection(name: string): {
    limit(count: number): { get(): Promise<{ data: unknown[] }> };
    doc(id: string): { remove(): Promise<unknown> };
  };
}

let loaded: { url: string; database: AnyDatabase } | undefined;

/** The SDK reads its address when it is loaded. */
async function open(url: string): Promise<AnyDatabase> {
  if (loaded?.url === url) return loaded.database;
  // an earlier cloud of the same test file had another address
  jest.resetModules();
  pointSdksTo(url);
  const { default: sdk } = await import('@cloudbase/node-sdk');
  const database: AnyDatabase = sdk.init({ env: sdk.SYMBOL_CURRENT_ENV }).database();
  loaded = { url, database };
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
