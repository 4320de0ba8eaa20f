import * as v from 'valibot';
import type { PatronAccess, Refusal } from '../circulation';
import type { HttpClient, HttpRequest } from '../http/http-client';
import { decodePage } from '../web-session/decode-page';
import { inputValue, parsePage } from '../web-session/parse-page';
import type { Element } from '../web-session/parse-page';
import { refusedBy } from '../web-session/read-json';
import { inSession, SessionEnded } from '../web-session/session-ended';
import { sessionTokens } from '../web-session/session-token';
import { KeptCookie, openWebSession } from '../web-session/web-session';
import type { WebSession } from '../web-session/web-session';
import type { InterlibConfig } from './config';

/** What a session carries: the site's cookies, and the number that was proved, which pages show with stars. */
export const tokens = sessionTokens(v.object({ rdid: v.string(), cookies: v.array(KeptCookie) }));

/** The pages of a reader who is signed in. */
export interface ReaderPages {
  rdid: string;
  /** @throws {LibraryFault} */
  page(
    request: Pick<HttpRequest, 'path' | 'query' | 'kind'> & { form?: Record<string, string> },
  ): Promise<Element>;
}

export async function asReader<T>(
  http: HttpClient,
  config: InterlibConfig,
  access: PatronAccess,
  call: (pages: ReaderPages) => Promise<T>,
): Promise<T | Refusal> {
  return inSession(access, tokens, (kept) =>
    call(readerPages(openWebSession(http, config.baseUrl, kept.cookies), config, kept.rdid)),
  );
}

export function readerPages(web: WebSession, config: InterlibConfig, rdid: string): ReaderPages {
  return {
    rdid,
    async page({ path, query, form, kind }) {
      const answer = await web.send({
        path,
        kind,
        ...(query && { query }),
        ...(form && {
          method: 'POST' as const,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(form).toString(),
        }),
      });
      // Whoever is not signed in is sent to the sign-in page.
      if (answer.redirect) throw new SessionEnded();
      if (answer.status !== 200) throw refusedBy(answer.status, path);
      const page = parsePage(decodePage(answer.body, config.charset));
      if (isSignInPage(page)) throw new SessionEnded();
      return page;
    },
  };
}

export const isSignInPage = (page: Element): boolean => inputValue(page, 'rdPasswd') !== undefined;
