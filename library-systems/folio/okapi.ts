import * as v from 'valibot';
import type { AdapterContext } from '../connected-system';
import type { HttpAnswer, HttpClient } from '../http/http-client';
import { readJson } from '../http/read-json';
import { requireStatus } from '../http/require-status';
import { LibraryFault } from '../library-fault';
import type { FolioConfig } from './config';

interface OkapiRequest {
  method?: 'GET' | 'POST';
  path: string;
  query?: Record<string, string | number>;
  json?: unknown;
  kind?: 'read' | 'write';
}

/** FOLIO's own interfaces, in the name of the service account. */
export interface Okapi {
  /** @returns the answer when its status is one of `accepted` @throws {LibraryFault} */
  send(request: OkapiRequest, accepted?: readonly number[]): Promise<HttpAnswer>;
  /** The same in nobody's name: for a login as a reader. */
  sendUnauthorized(request: OkapiRequest, accepted: readonly number[]): Promise<HttpAnswer>;
  /** @returns `undefined` for 404 @throws {LibraryFault} */
  find<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<T | undefined>;
  /** @throws {LibraryFault} */
  readPage<T>(
    collection: Collection<T>,
    query: string,
    page: { offset: number; limit: number },
  ): Promise<{ entries: T[]; total: number }>;
  /** A whole list, page by page. @throws {LibraryFault} */
  readAll<T>(collection: Collection<T>, query: string): Promise<T[]>;
}

/** A list that is searched by CQL; `name` is the property that holds the entries. */
export interface Collection<T> {
  path: string;
  name: string;
  entry: v.GenericSchema<unknown, T>;
  query?: Record<string, string | number>;
}

/** Entries that are asked for at once. Without a limit FOLIO sends 10 and says nothing. */
const LIMIT = 200;
const MAX_PAGES = 100;
/** A token is given up this long before it ends. */
const MARGIN_MS = 30_000;
const Expiration = v.object({ accessTokenExpiration: v.pipe(v.string(), v.isoTimestamp()) });
const LOGIN = '/authn/login-with-expiry';

const withoutIds = (path: string): string => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '…');

/** OKAPI with tokens that expire (FOLIO Poppy and later; Kong takes the same before Eureka). */
export function connectOkapi(http: HttpClient, { okapi }: FolioConfig, context: AdapterContext): Okapi {
  const { clock } = context;
  const credentials = {
    username: context.secret(okapi.userEnv),
    password: context.secret(okapi.passwordEnv),
  };
  let kept: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  const exchange = (
    { method = 'GET', path, query, json, kind = 'read' }: OkapiRequest,
    token?: string,
  ): Promise<HttpAnswer> =>
    http.send({
      method,
      path,
      ...(query && { query }),
      headers: {
        accept: 'application/json',
        'x-okapi-tenant': okapi.tenant,
        ...(token !== undefined && { 'x-okapi-token': token }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      kind,
    });

  const logIn = async (): Promise<string> => {
    // Logging in twice does no harm.
    const answer = await exchange({ method: 'POST', path: LOGIN, json: credentials });
    if (answer.status === 400 || answer.status === 422) {
      throw new LibraryFault('REJECTED', `OKAPI does not accept the service account (${answer.status})`, {
        reason: 'credentials',
      });
    }
    requireStatus(answer, { accepted: [201], peer: `OKAPI ${LOGIN}`, kind: 'read' });
    const { accessTokenExpiration } = readJson(answer.body, Expiration, `OKAPI ${LOGIN}`);
    const token = (answer.headers['set-cookie'] ?? [])
      .map((cookie) => /^folioAccessToken=([\w.~+/=-]+)/.exec(cookie)?.[1])
      .find((found) => found !== undefined);
    if (token === undefined) throw new LibraryFault('GARBLED', `OKAPI ${LOGIN} gave no token`);
    kept = { token, until: Date.parse(accessTokenExpiration) - MARGIN_MS };
    return token;
  };
  const currentToken = async (): Promise<string> => {
    if (kept && clock.now() < kept.until) return kept.token;
    asking ??= logIn().finally(() => (asking = undefined));
    return asking;
  };

  const send: Okapi['send'] = async (request, accepted = [200]) => {
    const token = await currentToken();
    let answer = await exchange(request, token);
    if (answer.status === 401) {
      // It ended before its time: keys were changed, or the session was closed. A 401 was not carried out.
      if (kept?.token === token) kept = undefined;
      answer = await exchange(request, await currentToken());
    }
    const peer = `OKAPI ${withoutIds(request.path)}`;
    return requireStatus(answer, { accepted, peer, kind: request.kind ?? 'read' });
  };

  const readPage: Okapi['readPage'] = async (
    { path, name, entry, query: more },
    query,
    { offset, limit },
  ) => {
    const answer = await send({ path, query: { ...more, query, offset, limit } });
    const form = v.object({ totalRecords: v.pipe(v.number(), v.integer()), [name]: v.array(entry) });
    const read = readJson(answer.body, form, `OKAPI ${path}`);
    return { entries: read[name] as v.InferOutput<typeof entry>[], total: Number(read.totalRecords) };
  };

  return {
    send,
    sendUnauthorized: async (request, accepted) =>
      requireStatus(await exchange(request), {
        accepted,
        peer: `OKAPI ${request.path}`,
        kind: request.kind ?? 'read',
      }),
    find: async (path, schema) => {
      const answer = await send({ path }, [200, 404]);
      return answer.status === 404 ? undefined : readJson(answer.body, schema, `OKAPI ${withoutIds(path)}`);
    },
    readPage,
    readAll: async <T>(collection: Collection<T>, query: string) => {
      const all: T[] = [];
      // Without an order of their own, pages may repeat some entries and leave out others.
      const sorted = query.includes(' sortby ') ? query : `${query} sortby id`;
      for (let page = 0; page < MAX_PAGES; page++) {
        const { entries, total } = await readPage(collection, sorted, { offset: all.length, limit: LIMIT });
        all.push(...entries);
        if (all.length >= total) return all;
        // Half a list is none.
        if (entries.length === 0) break;
      }
      throw new LibraryFault('GARBLED', `OKAPI ${collection.path} did not come to an end`);
    },
  };
}
