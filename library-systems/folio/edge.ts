import * as v from 'valibot';
import type { HttpAnswer, HttpClient } from '../http/http-client';
import { readJson } from '../http/read-json';
import { requireStatus } from '../http/require-status';
import { LibraryFault } from '../library-fault';

/** Statuses with which edge-patron passes on that FOLIO refuses, in words. */
const REFUSALS = [400, 404, 409, 422];

/** `{"code":422,"errorMessage":"…"}`, and newer `{"errors":[{"message":"…"}]}`. */
const Refused = v.union([
  v.object({ errorMessage: v.string() }),
  v.pipe(
    v.object({ errors: v.pipe(v.array(v.object({ message: v.string() })), v.minLength(1)) }),
    v.transform(({ errors }) => ({ errorMessage: errors.map(({ message }) => message).join('; ') })),
  ),
]);

export type EdgeAnswer<T> = { data: T } | { refused: { status: number; text: string } };

/** edge-patron: a reader's account, in the name of an API key. */
export interface Edge {
  /** @throws {LibraryFault} */
  ask<T>(
    request: {
      method: 'GET' | 'POST';
      path: string[];
      query?: Record<string, string | number>;
      json?: unknown;
    },
    schema: v.GenericSchema<unknown, T>,
  ): Promise<EdgeAnswer<T>>;
}

/** One segment of a path: what stands in it cannot leave it. @throws {LibraryFault} */
function segment(text: string): string {
  if (text === '' || text === '.' || text === '..') {
    throw new LibraryFault('GARBLED', 'FOLIO has a user whose externalSystemId cannot stand in an address');
  }
  return encodeURIComponent(text);
}

/**
 * @param key sent as `Authorization: apikey …`, which edge-common reads as well as the parameter of the address; there
 * it would stand in access logs
 */
export function connectEdge(http: HttpClient, key: string): Edge {
  return {
    async ask({ method, path, query, json }, schema) {
      const [id = '', ...rest] = path;
      const kind = method === 'GET' ? 'read' : 'write';
      const answer = await http.send({
        method,
        path: `/patron/account/${[id, ...rest].map(segment).join('/')}`,
        ...(query && { query }),
        headers: {
          accept: 'application/json',
          authorization: `apikey ${key}`,
          ...(json !== undefined && { 'content-type': 'application/json' }),
        },
        ...(json !== undefined && { body: JSON.stringify(json) }),
        kind,
      });
      const verb = rest.filter((part) => /^[a-z-]+$/.test(part)).join('/');
      const peer = `edge-patron ${verb === '' ? 'account' : verb}`;
      requireStatus(answer, { accepted: [200, 201, ...REFUSALS], peer, kind });
      if (answer.status >= 400) return { refused: { status: answer.status, text: wordsOf(answer, peer) } };
      return { data: readJson(answer.body, schema, peer) };
    },
  };
}

/** A refusal must be edge-patron's own: a page of some other server is no answer. */
const wordsOf = (answer: HttpAnswer, peer: string): string =>
  readJson(answer.body, Refused, peer).errorMessage.trim();
