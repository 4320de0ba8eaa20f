import * as v from 'valibot';
import type { AdapterContext } from '../../connected-system';
import type { HttpAnswer, HttpClient } from '../../http/http-client';
import { readJson } from '../../http/read-json';
import { requireStatus } from '../../http/require-status';
import { LibraryFault } from '../../library-fault';
import type { KohaRest } from '../config';
import { authorizer } from './authorize';

export interface RestRequest {
  /** Below `/api/v1`; ids in it are Koha's numbers. */
  path: string;
  query?: Record<string, string | number>;
  headers?: Record<string, string>;
}

/** The REST interface of Koha, in the name of the service account. All of it reads; ILS-DI writes. */
export interface Rest {
  readonly config: KohaRest;
  /** @returns the answer when its status is one of `accepted` @throws {LibraryFault} */
  get(request: RestRequest, accepted?: readonly number[]): Promise<HttpAnswer>;
  /** @throws {LibraryFault} */
  read<T>(request: RestRequest, schema: v.GenericSchema<unknown, T>): Promise<T>;
  /** One page and how many there are in all. @throws {LibraryFault} */
  readPage<T>(
    request: RestRequest,
    entry: v.GenericSchema<unknown, T>,
    page: { page: number; perPage: number },
  ): Promise<{ entries: T[]; total: number }>;
  /** A whole list, page by page. @throws {LibraryFault} */
  readAll<T>(request: RestRequest, entry: v.GenericSchema<unknown, T>): Promise<T[]>;
}

/** Entries that are asked for at once; Koha's own default of 20 would cut lists short. */
const PER_PAGE = 100;
/** More than any title has copies: whoever goes on beyond is not Koha. */
const MAX_PAGES = 100;

export function connectRest(http: HttpClient, config: KohaRest, context: AdapterContext): Rest {
  const authorize = authorizer(http, config, context);
  const send = async ({ path, query, headers }: RestRequest, again = true): Promise<HttpAnswer> => {
    const authorization = await authorize.header();
    const answer = await http.send({
      path: config.path + path,
      ...(query && { query }),
      headers: { accept: 'application/json', ...headers, authorization },
      kind: 'read',
    });
    // A token may end before its time, when Koha is restarted.
    if (answer.status === 401 && again && authorize.forget(authorization)) {
      return send({ path, ...(query && { query }), ...(headers && { headers }) }, false);
    }
    return answer;
  };
  const peerOf = ({ path }: RestRequest): string => `REST ${path.replace(/\d+/g, '…')}`;

  const get: Rest['get'] = async (request, accepted = [200]) =>
    requireStatus(await send(request), { accepted, peer: peerOf(request), kind: 'read' });

  const readPage: Rest['readPage'] = async (request, entry, { page, perPage }) => {
    const answer = await get({ ...request, query: { ...request.query, _page: page, _per_page: perPage } });
    const entries = readJson(answer.body, v.array(entry), peerOf(request));
    const header = answer.headers['x-total-count'];
    // Older versions do not count every list; a page that is not full is its end.
    if (header === undefined && entries.length < perPage) {
      return { entries, total: (page - 1) * perPage + entries.length };
    }
    if (typeof header !== 'string' || !/^\d{1,9}$/.test(header)) {
      throw new LibraryFault('GARBLED', `${peerOf(request)} does not say how many there are`, {
        reason: 'protocol',
      });
    }
    return { entries, total: Number(header) };
  };

  return {
    config,
    get,
    readPage,
    read: async (request, schema) => readJson((await get(request)).body, schema, peerOf(request)),
    readAll: async (request, entry) => {
      const all = [];
      for (let page = 1; page <= MAX_PAGES; page++) {
        const { entries, total } = await readPage(request, entry, { page, perPage: PER_PAGE });
        all.push(...entries);
        if (all.length >= total) return all;
        // The list became shorter while it was read, or the server cuts pages short: half a list is none.
        if (entries.length === 0) break;
      }
      throw new LibraryFault('GARBLED', `${peerOf(request)} did not come to an end`);
    },
  };
}
