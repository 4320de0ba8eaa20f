import { join } from 'node:path';
import { type Database, WireError } from '../../../local/emulator/database';
import { errands, NOW, SCHEMA } from './sdk-errands';
import type { Sdk } from './sdks';
import { serveDatabase, type RecordedRequest } from './serve';

export interface Exchange {
  errand: string;
  request: RecordedRequest;
  answer: unknown;
}

export const fixturePath = (sdk: string): string =>
  join(__dirname, '..', '..', 'fixtures', 'sdk-requests', `${sdk}.json`);

const TRANSACTION = 'the-open-transaction';

/** Ids of transactions are random; at most one is open at a time. */
function withoutIds<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (name, inner: unknown) => (name === 'transactionId' ? TRANSACTION : inner)),
  ) as T;
}

/** Runs all errands through an SDK and tells what went over the wire. */
export async function recordExchanges(sdk: Sdk): Promise<Exchange[]> {
  const served = await serveDatabase(SCHEMA, { now: () => NOW });
  const db: unknown = sdk.connect(served.url);
  const exchanges: Exchange[] = [];
  for (const { name, run } of errands(sdk.wrap)) {
    const from = served.exchanges.length;
    await run(db).catch(() => undefined);
    for (const { request, answer } of served.exchanges.slice(from)) {
      exchanges.push(withoutIds({ errand: name, request, answer }));
    }
  }
  await served.close();
  return exchanges;
}

/** Sends recorded requests to a database and gives the answers, in the form in which they were recorded. */
export async function replay(database: Database, exchanges: readonly Exchange[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  let transactionId: unknown;
  for (const { request } of exchanges) {
    const params = 'transactionId' in request.params ? { ...request.params, transactionId } : request.params;
    try {
      const answer = await database.handle(request.action, params);
      transactionId = answer['transactionId'] ?? transactionId;
      answers.push(withoutIds(answer));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      answers.push({ code: error.code, message: error.message });
    }
  }
  return answers;
}
