import * as v from 'valibot';
import { LibraryFault } from '../library-fault';
import type { HttpAnswer, HttpClient } from '../http/http-client';
import { readJson } from '../web-session/read-json';
import { SessionEnded } from '../web-session/session-ended';
import type { LibStarConfig } from './config';

/** The site answers, but not to us: the header `Referer` is missing, or what stands in it is not liked. */
const NO_REFERER = 9999;

const Envelope = v.object({
  success: v.boolean(),
  message: v.nullish(v.string()),
  errCode: v.nullish(v.union([v.number(), v.string()])),
  data: v.optional(v.unknown()),
});

export interface LibStarRequest {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  kind?: 'read' | 'write';
  /** What the reader's session is known by. */
  jwt?: string;
}

/** What the site says no to, in its own words. */
export interface Unsuccessful {
  refused: string;
}

export interface LibStar {
  /**
   * @returns what stands in `data`, or the site's words when `success` is false
   * @throws {LibraryFault} also for a session that has ended: `SessionEnded`
   */
  ask<S extends v.GenericSchema>(request: LibStarRequest, data: S): Promise<v.InferOutput<S> | Unsuccessful>;
  /** The same, where a "no" can only mean that we ask wrongly. */
  read<S extends v.GenericSchema>(request: LibStarRequest, data: S): Promise<v.InferOutput<S>>;
}

const isUnsuccessful = (answer: unknown): answer is Unsuccessful =>
  typeof answer === 'object' && answer !== null && 'refused' in answer;

/** Talks to the site with the two headers that it needs (README.md, "Two headers"). */
export function openLibStar(http: HttpClient, config: LibStarConfig): LibStar {
  const { baseUrl, groupCode, referer = `${new URL(baseUrl).origin}/` } = config;
  const headersFor = ({ body, jwt }: LibStarRequest): Record<string, string> => ({
    accept: 'application/json',
    referer,
    groupCode,
    ...(body !== undefined && { 'content-type': 'application/json;charset=utf-8' }),
    ...(jwt !== undefined && { jwtOpacAuth: jwt }),
  });

  const ask: LibStar['ask'] = async (request, data) => {
    const { method, path, query, body, kind = 'read', jwt } = request;
    const answer = await http.send({
      method,
      path,
      kind,
      headers: headersFor(request),
      ...(query && { query }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (jwt !== undefined && isSignInPage(answer)) throw new SessionEnded();
    const { success, message, errCode, data: content } = readJson(Envelope, answer, path);
    if (success)
      return readJson(data, { status: 200, body: Buffer.from(JSON.stringify(content ?? null)) }, path);
    const code = Number(errCode);
    if (jwt !== undefined && (code === 401 || code === 403 || saysSignIn(message))) throw new SessionEnded();
    if (code === NO_REFERER) throw withoutReferer(path, kind);
    return { refused: message ?? '' };
  };

  return {
    ask,
    async read(request, data) {
      const answer = await ask(request, data);
      if (!isUnsuccessful(answer)) return answer;
      throw new LibraryFault('REJECTED', `${request.path} refuses what it is asked`, { reason: 'protocol' });
    },
  };
}

/** Whoever is not signed in is sent to single sign-on, or told 401. */
const isSignInPage = ({ status }: HttpAnswer): boolean =>
  status === 401 || status === 403 || (status >= 300 && status < 400);

const saysSignIn = (message: string | null | undefined): boolean =>
  /未登录|请登录|重新登录|登录(已)?(失效|过期|超时)|token/iu.test(message ?? '');

/** A write may have been carried out before the site's OPAC failed; a read was not answered. */
function withoutReferer(path: string, kind: 'read' | 'write'): LibraryFault {
  return new LibraryFault(
    kind === 'write' ? 'LOST' : 'REJECTED',
    `${path} answers errCode 9999: the site misses the header Referer, or its OPAC is down`,
    { reason: 'credentials' },
  );
}

export { isUnsuccessful };
