import { createServer, type IncomingMessage } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ShiftableClock, type Clock } from '../../../local/clock';
import { Database, WireError, type DatabaseSchema } from '../../../local/emulator/database';

export interface RecordedRequest {
  action: string;
  params: Record<string, unknown>;
}

export interface Served {
  database: Database;
  dir: string;
  url: string;
  /** Every request since the start, as the SDK sent it, and what it was answered. */
  exchanges: { request: RecordedRequest; answer: Record<string, unknown> }[];
  log: string[];
  close(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
}

/** What belongs to the connection and not to the request. */
const OUTSIDE = [
  'action',
  'envName',
  'wxCloudApiToken',
  'wxCloudbaseAccesstoken',
  'tcb_sessionToken',
  'sessionToken',
];

/** A database behind the plainest server that the SDKs can talk to. */
export async function serveDatabase(
  schema: DatabaseSchema,
  clock: Clock = new ShiftableClock(),
): Promise<Served> {
  const dir = await mkdtemp(join(tmpdir(), 'shutong-database-'));
  const log: string[] = [];
  const database = await Database.open({ dir, schema, clock, log: (line) => log.push(line) });
  const exchanges: Served['exchanges'] = [];
  const answer = async (body: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const action = String(body['action']);
    const params = Object.fromEntries(Object.entries(body).filter(([name]) => !OUTSIDE.includes(name)));
    const respond = (response: Record<string, unknown>) => {
      exchanges.push({ request: { action, params }, answer: response });
      return { requestId: 'r', ...response };
    };
    try {
      return respond(await database.handle(action, params));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return respond({ code: error.code, message: error.message });
    }
  };
  const server = createServer((request, response) => {
    void readBody(request)
      .then(answer)
      .then((body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin`;
  return {
    database,
    dir,
    url,
    exchanges,
    log,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The environment of a cloud function, by which both SDKs find the server. Set it before they are loaded. */
export function pointSdksTo(url: string): void {
  Object.assign(process.env, {
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: url }),
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    SCF_NAMESPACE: 'local',
    TCB_ENV: 'local',
    TENCENTCLOUD_SECRETID: 'x',
    TENCENTCLOUD_SECRETKEY: 'x',
    SILENCE: 'true',
  });
}
