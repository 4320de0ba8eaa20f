import * as v from 'valibot';
import type { AdapterContext } from '../connected-system';
import type { Patron, PatronAccess, Refusal, SignIn } from '../circulation';
import type { HttpClient } from '../http/http-client';
import { LibraryFault } from '../library-fault';
import { LooseText } from '../web-session/read-json';
import { lastDateIn } from '../web-session/read-date';
import { sealStates } from '../web-session/sealed-state';
import { inSession, SessionEnded } from '../web-session/session-ended';
import { sessionTokens } from '../web-session/session-token';
import { openWebSession } from '../web-session/web-session';
import { isUnsuccessful } from './ask';
import type { LibStar } from './ask';
import type { LibStarConfig } from './config';

/** A JSON Web Token (RFC 7519): three parts of base64url. */
const JWT = /^[\w-]{2,}\.[\w-]{2,}\.[\w-]*$/;
const MAX_JWT = 2_500;

/** Which of these names a site uses differs; only `userId` was seen in public code. */
const UserInfo = v.nullish(
  v.object({
    userId: LooseText,
    primaryId: LooseText,
    cardNo: LooseText,
    readerId: LooseText,
    loginName: LooseText,
    name: LooseText,
    userName: LooseText,
    roleName: LooseText,
    readerTypeName: LooseText,
    deptName: LooseText,
    endDate: LooseText,
    validDate: LooseText,
  }),
);

const tokens = sessionTokens(v.object({ jwt: v.string() }));

/** Makes a refusal of a session that has ended. */
export async function asReader<T>(
  access: PatronAccess,
  call: (jwt: string) => Promise<T>,
): Promise<T | Refusal> {
  return inSession(access, tokens, ({ jwt }) => call(jwt));
}

/** `GET /oga/userinfo`: who the token belongs to. */
export async function readPatron(site: LibStar, jwt: string): Promise<Patron> {
  const info = await site.ask({ method: 'GET', path: '/oga/userinfo', jwt }, UserInfo);
  if (isUnsuccessful(info) || info?.userId === undefined) throw new SessionEnded();
  const cardNumber = info.primaryId ?? info.cardNo ?? info.readerId ?? info.loginName ?? info.userId;
  const name = info.name ?? info.userName;
  const type = info.readerTypeName ?? info.roleName ?? '读者';
  const expiresAt = lastDateIn(info.endDate ?? info.validDate ?? '');
  return {
    ref: info.userId,
    cardNumber,
    ...(name !== undefined && { name }),
    readerType: { code: type, name: type },
    ...(info.deptName !== undefined && { department: info.deptName }),
    ...(expiresAt !== undefined && { expiresAt }),
    blocks: [],
  };
}

type SignInConfig = NonNullable<LibStarConfig['signIn']>;

/**
 * Single sign-on: the reader signs in on the campus' page in the browser, and pastes the address it ends at
 * (which holds `jwt=`), the token itself, or, with `ticketPath`, the CAS ticket.
 */
export function openSignIn(
  site: LibStar,
  http: HttpClient,
  { baseUrl, signIn }: LibStarConfig & { signIn: SignInConfig },
  { clock, secret }: AdapterContext,
): SignIn {
  const { ssoUrl, ticketPath, sessionMinutes, stateKeyEnv } = signIn;
  const states = sealStates(
    v.null(),
    'libstar sso',
    stateKeyEnv === undefined ? undefined : secret(stateKeyEnv),
  );

  return {
    methods: ['sso'],
    async start(method) {
      if (method !== 'sso') throw new LibraryFault('REJECTED', `LibStar offers no sign-in by ${method}`);
      return { kind: 'sso', ssoUrl, state: states.seal(null, clock.now()) };
    },
    async complete({ method, answers, state = '' }) {
      const pasted = answers.ticket?.trim() ?? '';
      if (method !== 'sso') return refuse('OTHER', '本馆不支持这种登录方式');
      if (states.take(state, clock.now()) === undefined) return refuse('OTHER', '登录已超时，请重新开始');
      const jwt = jwtIn(pasted) ?? (await redeem(pasted));
      if (jwt === undefined) return refuse('OTHER', '没有找到登录凭据，请粘贴登录后的完整地址');
      try {
        const patron = await readPatron(site, jwt);
        const expiresAt = new Date(expiryOf(jwt) ?? clock.now() + sessionMinutes * 60_000).toISOString();
        return { patron, session: { token: tokens.write(patron.ref, { jwt }), expiresAt } };
      } catch (error) {
        if (error instanceof SessionEnded) return refuse('OTHER', '登录凭据无效或已失效，请重新登录');
        throw error;
      }
    },
  };

  /** Gives the site the CAS ticket and takes the token off its answer: a cookie, or the address it leads to. */
  async function redeem(ticket: string): Promise<string | undefined> {
    if (ticketPath === undefined || !/^[\w.:~-]{1,512}$/.test(ticket)) return undefined;
    const target = new URL(ticketPath.replaceAll('{ticket}', encodeURIComponent(ticket)), 'http://site');
    const web = openWebSession(http, baseUrl);
    const answer = await web.follow({
      path: target.pathname,
      query: Object.fromEntries(target.searchParams),
      headers: { referer: `${new URL(baseUrl).origin}/` },
      kind: 'write',
    });
    const addresses = [...answer.followed, ...(answer.redirect ? [answer.redirect] : [])];
    const told = addresses.flatMap(({ query, fragment }) => [query['jwt'], jwtIn(`#${fragment}`)]);
    return [web.cookie('jwt'), ...told].find((jwt) => jwt !== undefined && isJwt(jwt));
  }
}

const refuse = (code: 'OTHER', libraryText: string): Refusal => ({ denied: { code, libraryText } });

const isJwt = (text: string): boolean => text.length <= MAX_JWT && JWT.test(text);

/** The token in what was pasted: itself, or as `jwt=` in the query or behind the `#` of an address. */
export function jwtIn(pasted: string): string | undefined {
  if (isJwt(pasted)) return pasted;
  for (const part of pasted.split(/[?#&;\s]/)) {
    if (!part.startsWith('jwt=')) continue;
    const jwt = part.slice(4);
    if (isJwt(jwt)) return jwt;
  }
  return undefined;
}

/** When a token says that it ends (`exp`), ms since the epoch; the site is who decides. */
export function expiryOf(jwt: string): number | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const { exp } = v.parse(v.object({ exp: v.pipe(v.number(), v.minValue(0), v.maxValue(1e11)) }), payload);
    return exp * 1_000;
  } catch {
    return undefined;
  }
}
