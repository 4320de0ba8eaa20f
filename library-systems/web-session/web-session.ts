import { CookieJar } from 'tough-cookie';
import * as v from 'valibot';
import type { HttpAnswer, HttpClient, HttpRequest } from '../http/http-client';
import { LibraryFault } from '../library-fault';

/** A cookie as it is kept between calls: only what is needed to send it again to the same server. */
export const KeptCookie = v.tuple([v.string(), v.string(), v.string()]);
/** Name, value, path. */
export type KeptCookie = v.InferOutput<typeof KeptCookie>;

/** Where an answer sends us. `path` is below the site's address; undefined when it leads elsewhere. */
export interface Redirect {
  path?: string;
  query: Record<string, string>;
  /** What stands behind `#`, without it. */
  fragment: string;
}

export interface WebAnswer extends HttpAnswer {
  /** The path that was asked last, below the site's address. */
  path: string;
  redirect?: Redirect;
  /** The redirects that were followed, first to last. */
  followed: Redirect[];
}

/** One conversation with a site that knows its visitors by cookies. */
export interface WebSession {
  /** Asks once; where a redirect leads is told, not followed. @throws {LibraryFault} */
  send(request: HttpRequest): Promise<WebAnswer>;
  /** The same, and goes where redirects within the site lead; one that leads elsewhere is the answer. */
  follow(request: HttpRequest): Promise<WebAnswer>;
  cookies(): KeptCookie[];
  cookie(name: string): string | undefined;
}

const MOST_REDIRECTS = 6;
const MOST_COOKIES = 20;

/**
 * Opens a conversation, or takes one up again with the cookies it had. Cookies
 * are sent to the site's own address only, whatever a redirect or a `Domain` says.
 */
export function openWebSession(
  http: HttpClient,
  baseUrl: string,
  kept: readonly KeptCookie[] = [],
): WebSession {
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true });
  const addressOf = (path: string): string => new URL(prefix + path, base).href;
  for (const [name, value, path] of kept) {
    jar.setCookieSync(`${name}=${value}; Path=${path}`, base.href, { ignoreError: true });
  }

  const send = async (request: HttpRequest): Promise<WebAnswer> => {
    const address = addressOf(request.path);
    const cookie = jar.getCookieStringSync(address);
    const headers = { ...request.headers, ...(cookie !== '' && { cookie }) };
    const answer = await http.send({ ...request, headers });
    for (const header of answer.headers['set-cookie'] ?? []) {
      // Without its Domain a cookie is this server's own; with it, it might be for others as well.
      const own = header.replace(/;\s*domain=[^;]*/gi, '');
      jar.setCookieSync(own, address, { ignoreError: true });
    }
    const redirect = redirectOf(answer, address, base, prefix);
    return { ...answer, path: request.path, followed: [], ...(redirect && { redirect }) };
  };

  return {
    send,
    async follow(request) {
      let answer = await send(request);
      const followed: Redirect[] = [];
      while (answer.redirect?.path !== undefined) {
        if (followed.push(answer.redirect) > MOST_REDIRECTS) {
          throw new LibraryFault('GARBLED', 'The site redirects without end', { reason: 'protocol' });
        }
        const { path, query } = answer.redirect;
        const { headers } = request;
        answer = await send({ path, query, kind: 'read', ...(headers && { headers: withoutBody(headers) }) });
      }
      return { ...answer, followed };
    },
    cookies: () =>
      (jar.serializeSync()?.cookies ?? [])
        .filter(({ key, value }) => key !== undefined && value !== undefined)
        .slice(0, MOST_COOKIES)
        .map(({ key, value, path }) => [String(key), String(value), typeof path === 'string' ? path : '/']),
    cookie: (name) => jar.getCookiesSync(addressOf('/')).find(({ key }) => key === name)?.value,
  };
}

const withoutBody = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type'));

function redirectOf(answer: HttpAnswer, address: string, base: URL, prefix: string): Redirect | undefined {
  const { location } = answer.headers;
  if (answer.status < 300 || answer.status > 399 || location === undefined) return undefined;
  if (!URL.canParse(location, address)) return { query: {}, fragment: '' };
  const to = new URL(location, address);
  const inside =
    to.origin === base.origin && (to.pathname === prefix || to.pathname.startsWith(`${prefix}/`));
  return {
    ...(inside && { path: to.pathname.slice(prefix.length) || '/' }),
    query: Object.fromEntries(to.searchParams),
    fragment: to.hash.slice(1),
  };
}
