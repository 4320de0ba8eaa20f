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
import type { WebAnswer, WebSession } from '../web-session/web-session';
import type { HuiwenConfig } from './config';

/** What a session carries: the site's cookies. */
export const tokens = sessionTokens(v.object({ cookies: v.array(KeptCookie) }));

/** The pages under `/reader`, as a reader who is signed in sees them. */
export interface ReaderPages {
  /** @throws {LibraryFault} */
  page(request: Pick<HttpRequest, 'path' | 'query' | 'kind'>): Promise<Element>;
}

export async function asReader<T>(
  http: HttpClient,
  config: HuiwenConfig,
  access: PatronAccess,
  call: (pages: ReaderPages) => Promise<T>,
): Promise<T | Refusal> {
  return inSession(access, tokens, (kept) =>
    call(readerPages(openWebSession(http, config.baseUrl, kept.cookies), config)),
  );
}

export function readerPages(web: WebSession, config: HuiwenConfig): ReaderPages {
  return {
    async page({ path, query, kind }) {
      const answer = await web.send({
        path,
        kind,
        ...(query && { query }),
        headers: { 'x-requested-with': 'XMLHttpRequest' },
      });
      // Whoever is not signed in is sent to the sign-in page, or to single sign-on.
      if (answer.redirect) throw new SessionEnded();
      if (answer.status !== 200) throw refusedBy(answer.status, path);
      const page = parsePage(decodePage(answer.body, config.charset));
      if (isSignInPage(page)) throw new SessionEnded();
      return page;
    },
  };
}

export const isSignInPage = (page: Element): boolean => inputValue(page, 'passwd') !== undefined;

export const leadsToSignIn = ({ redirect }: WebAnswer): boolean =>
  redirect !== undefined && (redirect.path === undefined || redirect.path.endsWith('/login.php'));
