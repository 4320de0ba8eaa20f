import type { CloudBase } from '@cloudbase/node-sdk';
import type cloud from 'wx-server-sdk';

/** The part of the SDK's database that the checks use; its own types are `any`. */
export interface Database {
  command: {
    exists: (there: boolean) => unknown;
    inc: (by: number) => unknown;
    lt: (limit: number) => unknown;
    addToSet: (value: unknown) => unknown;
  };
  RegExp: (pattern: { regexp: string; options: string }) => unknown;
  serverDate: () => unknown;
  createCollection: (name: string) => Promise<unknown>;
  collection: (name: string) => Collection;
  startTransaction: () => Promise<Transaction>;
  runTransaction: (run: (transaction: Transaction) => Promise<void>) => Promise<unknown>;
}
export interface Transaction {
  collection: (name: string) => Collection;
  commit: () => Promise<unknown>;
  rollback: () => Promise<unknown>;
}
export interface Collection extends Query {
  add: (data: unknown) => Promise<unknown>;
  where: (query: Record<string, unknown>) => Query;
  doc: (id: string) => Document;
}
export interface Query {
  limit: (count: number) => Query;
  get: () => Promise<{ data?: unknown }>;
  count: () => Promise<{ total: number }>;
  update: (data: Record<string, unknown>) => Promise<{ updated: number }>;
  remove: () => Promise<unknown>;
}
export interface Document {
  get: () => Promise<{ data?: unknown }>;
  set: (data: Record<string, unknown>) => Promise<unknown>;
  update: (data: Record<string, unknown>) => Promise<{ updated: number }>;
  remove: () => Promise<unknown>;
}

type OpenApiCall<T> = (data: object) => Promise<T>;

/** The part of `wx.openapi` that the checks use; its own types are `any`. */
export interface OpenApi {
  subscribeMessage: { send: OpenApiCall<unknown> };
  customerServiceMessage: { send: OpenApiCall<unknown> };
  security: { msgSecCheck: OpenApiCall<{ result?: { suggest?: string } }> };
  wxacode: { getUnlimited: OpenApiCall<{ contentType?: string; buffer?: unknown }> };
}

/** What a check has to work with. */
export interface Bench {
  wx: typeof cloud;
  openApi: OpenApi;
  app: CloudBase;
  /** Of @cloudbase/node-sdk: the one that our functions use. */
  db: Database;
  event: Record<string, unknown>;
  context: Record<string, unknown>;
  /** Different in each run, begins every id and path that the run makes. */
  run: string;
}

/** One thing that we believe about the cloud. */
export interface Check {
  /** Stands in docs/unverified.md. */
  name: string;
  claim: string;
  expected: string;
  /** @returns what was seen, to be compared with `expected` */
  run: (bench: Bench) => Promise<string>;
}

/** Collections that the checks use; `smoke_unique` needs a unique index on `no`. */
export const COLLECTION = 'smoke';
export const UNIQUE_COLLECTION = 'smoke_unique';

/** How a promise failed, by the name that the SDKs give it; `no error` if it did not. */
export async function failureOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'no error';
  } catch (error) {
    const { code, errCode } = error as { code?: unknown; errCode?: unknown };
    return String(code ?? errCode ?? error);
  }
}

/** The message that a promise failed with; empty if it did not. */
export async function messageOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** `yes` or the thing itself, so that a surprise is seen in the table. */
export const yesOr = (holds: boolean, seen: unknown): string => (holds ? 'yes' : JSON.stringify(seen));
