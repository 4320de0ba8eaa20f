import tcb from '@cloudbase/node-sdk';
import cloud from 'wx-server-sdk';
import { COLLECTION, UNIQUE_COLLECTION, type Bench, type Check, type Database, type OpenApi } from './check';
import { databaseChecks } from './database-checks';
import { functionChecks, type Inner } from './function-checks';
import { openApiChecks } from './open-api-checks';
import { storageChecks } from './storage-checks';
import { transactionChecks } from './transaction-checks';

// its types do not know that the constant is a symbol
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string });
const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
const db = app.database() as Database;

const CHECKS: readonly Check[] = [
  ...databaseChecks,
  ...transactionChecks,
  ...functionChecks,
  ...storageChecks,
  ...openApiChecks,
];

export interface SmokeRow {
  name: string;
  claim: string;
  expected: string;
  seen: string;
  holds: boolean;
}

/**
 * Holds what we believe about the cloud against the cloud it runs in.
 * @param event `only`: names of checks, all if left out; `templateId`: a subscribe message template of the account
 */
export async function main(
  event: Record<string, unknown>,
  context: Record<string, unknown>,
): Promise<SmokeRow[] | Inner | string | undefined> {
  if (typeof event['inner'] === 'string') return answerInner(event['inner'], event);
  const run = `smoke-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  const bench: Bench = { wx: cloud, openApi: cloud.openapi as OpenApi, app, db, event, context, run };
  const only = Array.isArray(event['only']) ? event['only'] : undefined;
  for (const name of [COLLECTION, UNIQUE_COLLECTION]) await db.createCollection(name).catch(() => undefined);
  const rows: SmokeRow[] = [];
  // one after the other: some of them are about what happens at the same time
  for (const check of CHECKS) {
    if (!only || only.includes(check.name)) rows.push(await perform(check, bench));
  }
  const own = { _id: db.RegExp({ regexp: `^${run}`, options: '' }) };
  await db.collection(COLLECTION).where(own).remove();
  return rows;
}

async function perform({ name, claim, expected, run }: Check, bench: Bench): Promise<SmokeRow> {
  const seen = await run(bench).catch((error: unknown) => `unexpected: ${String(error)}`);
  return { name, claim, expected, seen, holds: seen === expected };
}

/** What the function does when a check has it call itself. */
function answerInner(inner: string, event: Record<string, unknown>): Inner | string | undefined {
  switch (inner) {
    case 'who': {
      const { OPENID: openid, SOURCE: source } = cloud.getWXContext();
      return { openid, source, userInfo: event['userInfo'] as Inner['userInfo'] };
    }
    case 'big':
      return 'x'.repeat(1024 * 1024 + 1);
    case 'throw':
      throw new Error('on purpose');
    default:
      return undefined;
  }
}
