import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { SearchInput } from '../../../contracts/catalog';
import type { SearchOutput } from '../../../contracts/catalog';
import type { AdapterContext, ConnectedSystem } from '../../../library-systems/connected-system';
import { SruConfig, connectSru } from '../../../library-systems/sru';
import { startGateway } from '../../../gateway';
import { connectGateway } from '../../../library-systems/gateway';
import { KEY, NOW } from '../support/demo';
import type { SystemUnderTest } from '../describe-library-system';

export const context: AdapterContext = {
  secret: () => {
    throw new Error('SRU needs no secrets');
  },
  clock: { now: () => NOW },
};

export const BRANCHES = [
  { code: 'MAIN', name: '主馆' },
  { code: 'EAST', name: '东校区分馆' },
  { code: 'MED', name: '医学分馆' },
];

/** Every index that test/support/zebra has, in CQL. */
export const CQL = {
  language: 'cql',
  indexes: {
    any: 'cql.serverChoice',
    title: 'dc.title',
    author: 'dc.author',
    subject: 'dc.subject',
    isbn: 'bath.isbn',
    callNumber: 'dc.callNumber',
    id: 'rec.id',
    barcode: 'dc.barcode',
    branch: 'dc.branch',
    language: 'dc.language',
    year: 'dc.date/numeric',
  },
} as const;

/** The same in PQF, which can also sort there. */
export const PQF = {
  language: 'pqf',
  indexes: {
    any: '1=any',
    title: '1=4',
    author: '1=1003',
    subject: '1=21',
    isbn: '1=7',
    callNumber: '1=16 4=1 6=3',
    id: '1=12',
    barcode: '1=Barcode',
    branch: '1=Branch',
    language: '1=54',
    year: '1=31 4=109',
  },
  sort: { newest: '1=31', acquired: '1=Date-acquired' },
} as const;

export type Given = Partial<v.InferInput<typeof SruConfig>>;

export const configOf = (url: string, given: Given = {}): SruConfig =>
  v.parse(SruConfig, {
    kind: 'sru',
    name: '书童示范大学图书馆',
    branches: BRANCHES,
    url,
    timeoutMs: 10_000,
    ...given,
  });

export const connect = (url: string, given: Given = {}): Promise<ConnectedSystem> =>
  connectSru(configOf(url, given), context);

export const search = (
  system: ConnectedSystem,
  input: v.InferInput<typeof SearchInput>,
): Promise<SearchOutput> => system.catalog!.search(v.parse(SearchInput, input));

/** The same system as it looks from behind a gateway. */
export async function behindGateway(system: ConnectedSystem): Promise<SystemUnderTest> {
  const gateway = await startGateway({ library: system, keys: [KEY], clock: Date, log: () => undefined });
  const client = await connectGateway({
    url: gateway.url,
    keyId: KEY.id,
    secret: KEY.secret,
    timeoutMs: 10_000,
  });
  return {
    system: client,
    close: async () => {
      await gateway.close();
      await system.close();
    },
  };
}

export interface Stub {
  url: string;
  /** Queries that came, oldest first. */
  asked: URLSearchParams[];
  close(): Promise<void>;
}

/** A server that answers every request as `answer` says; it is where a real one cannot be made to fail. */
export async function startStub(
  answer: (query: URLSearchParams, response: ServerResponse, request: IncomingMessage) => void,
): Promise<Stub> {
  const asked: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://stub').searchParams;
    asked.push(query);
    answer(query, response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/biblios`,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
