import * as v from 'valibot';
import type { SignInStart } from '../../contracts/cards';
import type { DenialCode, Denied } from '../../contracts/denials';
import type { Refusal, SignIn } from '../circulation';
import type { AdapterContext } from '../connected-system';
import type { HttpClient } from '../http/http-client';
import { LibraryFault } from '../library-fault';
import { captchaPicture } from '../web-session/captcha-picture';
import { decodePage } from '../web-session/decode-page';
import { findAll, isShort, parsePage, textOf } from '../web-session/parse-page';
import type { Element } from '../web-session/parse-page';
import { refusedBy } from '../web-session/read-json';
import { sealStates } from '../web-session/sealed-state';
import { KeptCookie, openWebSession } from '../web-session/web-session';
import type { WebSession } from '../web-session/web-session';
import type { HuiwenConfig } from './config';
import { readPatron } from './patron';
import { SessionEnded } from '../web-session/session-ended';
import { isSignInPage, leadsToSignIn, readerPages, tokens } from './reader-pages';

type SignInConfig = NonNullable<HuiwenConfig['signIn']>;
type Fields = Extract<SignInStart, { kind: 'captcha' }>['fields'];

const NUMBER_LABELS = { cert_no: '证件号（学号或工号）', bar_no: '借书证条码号', email: 'Email' } as const;

/** Texts of the sign-in page; 密码错误 and "wrong check code" were seen in public code. */
export const SIGN_IN_WORDS: readonly (readonly [RegExp, DenialCode])[] = [
  // Before the captcha: "密码错误，请重新输入验证码" counts as the wrong PIN that it is.
  [/密码错误|密码不正确|用户名或密码|没有该读者|对不起，?密码/u, 'BAD_PIN'],
  [/wrong check code|验证码/iu, 'NEED_CAPTCHA'],
  [/不存在/u, 'BAD_PIN'],
  [/挂失/u, 'CARD_LOST'],
  [/锁定|次数过多/u, 'LOCKED'],
  [/过期|失效|注销/u, 'EXPIRED'],
  [/停用|暂停|冻结/u, 'BLOCKED'],
];

/** What lies on the phone between the two halves of signing in, sealed: cookies of nobody in particular yet. */
const Conversation = v.object({ method: v.picklist(['captcha-pin', 'sso']), cookies: v.array(KeptCookie) });

export function openSignIn(
  http: HttpClient,
  config: HuiwenConfig & { signIn: SignInConfig },
  { clock, secret }: AdapterContext,
  denied: (text: string, fallback?: DenialCode) => Denied,
): SignIn {
  const { baseUrl, charset, signIn } = config;
  const { captcha, numberKind, ssoUrl, sessionMinutes, stateKeyEnv } = signIn;
  const key = stateKeyEnv === undefined ? undefined : secret(stateKeyEnv);
  const states = sealStates(Conversation, 'huiwen sign-in', key);
  const fields: Fields = [
    { name: 'cardNumber', label: NUMBER_LABELS[numberKind], secret: false },
    { name: 'pin', label: '图书馆密码', secret: true },
    { name: 'captcha', label: '图中字符', secret: false },
  ];

  return {
    methods: [...(captcha ? (['captcha-pin'] as const) : []), ...(ssoUrl ? (['sso'] as const) : [])],

    async start(method) {
      if (method === 'sso' && ssoUrl !== undefined) {
        const state = states.seal({ method: 'sso', cookies: [] }, clock.now());
        return { kind: 'sso', ssoUrl, state };
      }
      if (method !== 'captcha-pin' || !captcha) {
        throw new LibraryFault('REJECTED', `This OPAC offers no sign-in by ${method}`);
      }
      const web = openWebSession(http, baseUrl);
      const captchaImage = await fetchCaptcha(web);
      const state = states.seal({ method, cookies: web.cookies() }, clock.now());
      return { kind: 'captcha', fields, captchaImage, state };
    },

    async complete({ method, answers, state = '' }) {
      const conversation = states.take(state, clock.now());
      if (conversation?.method !== method) {
        const code = method === 'captcha-pin' ? 'NEED_CAPTCHA' : 'OTHER';
        return { denied: { code, libraryText: '登录已超时，请重新开始' } };
      }
      const web = openWebSession(http, baseUrl, conversation.cookies);
      const refusal =
        method === 'sso'
          ? await redeem(web, answers.ticket?.trim() ?? '')
          : await verify(web, answers.cardNumber ?? '', answers.pin ?? '', answers.captcha ?? '');
      return refusal ?? welcome(web);
    },
  };

  /** `POST /reader/redr_verify.php`. The PIN goes to the library and nowhere else. */
  async function verify(
    web: WebSession,
    number: string,
    passwd: string,
    picture: string,
  ): Promise<Refusal | undefined> {
    const form = new URLSearchParams({ number, passwd, captcha: picture, select: numberKind, returnUrl: '' });
    const answer = await web.follow({
      method: 'POST',
      path: '/reader/redr_verify.php',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      kind: 'write',
    });
    if (answer.redirect) throw elsewhere();
    if (answer.status !== 200) throw refusedBy(answer.status, '/reader/redr_verify.php');
    const page = parsePage(decodePage(answer.body, charset));
    if (!isSignInPage(page)) return undefined;
    return { denied: denied(reasonOn(page)) };
  }

  /** The address that single sign-on leads back to: `/reader/hwthau.php?ticket=`. */
  async function redeem(web: WebSession, pasted: string): Promise<Refusal | undefined> {
    const ticket = ticketIn(pasted);
    const invalid = { denied: { code: 'OTHER', libraryText: '登录凭据无效或已失效，请重新登录' } } as const;
    if (ticket === undefined) return invalid;
    const path = '/reader/hwthau.php';
    const answer = await web.follow({ path, query: { ticket }, kind: 'write' });
    if (leadsToSignIn(answer)) return invalid;
    if (answer.status !== 200) throw refusedBy(answer.status, path);
    return undefined;
  }

  async function welcome(web: WebSession): ReturnType<SignIn['complete']> {
    try {
      const patron = await readPatron(readerPages(web, config));
      const expiresAt = new Date(clock.now() + sessionMinutes * 60_000).toISOString();
      return { patron, session: { token: tokens.write(patron.ref, { cookies: web.cookies() }), expiresAt } };
    } catch (error) {
      if (!(error instanceof SessionEnded)) throw error;
      return { denied: { code: 'OTHER', libraryText: '图书馆网站没有让你登录，请重新登录' } };
    }
  }
}

const elsewhere = (): LibraryFault =>
  new LibraryFault('GARBLED', 'The sign-in page leads to another site', { reason: 'protocol' });

const WHY = /错误|wrong|不正确|不存在|失效|过期|挂失|停用|锁定|次数|注销|没有该/iu;

/** Markup of a reason with all its blanks, in UTF-16 units. */
const MAX_REASON = 2_000;

/** Why the form came back: the shortest text of an element that says so, for pages hold the form's words, too. */
function reasonOn(page: Element): string {
  // Told apart before they are read: the text of each element, nested ones again and again, would fill the memory.
  const texts = findAll(page, (element) => isShort(element, MAX_REASON))
    .map(textOf)
    .filter((text) => text.length <= 120 && WHY.test(text));
  return texts.sort((a, b) => a.length - b.length)[0] ?? '';
}

/** The captcha of a conversation that begins with it. @throws {LibraryFault} */
export async function fetchCaptcha(web: WebSession): Promise<string> {
  await web.send({ path: '/reader/login.php', kind: 'read' });
  const picture = await web.send({ path: '/reader/captcha.php', kind: 'read' });
  if (picture.status !== 200) throw refusedBy(picture.status, '/reader/captcha.php');
  return captchaPicture(picture.body);
}

/** A CAS ticket: itself, or in the address that single sign-on ended at. */
export function ticketIn(pasted: string): string | undefined {
  const [, inAddress] = /[?&#]ticket=([^&#\s]+)/.exec(pasted) ?? [];
  const ticket = inAddress ?? pasted;
  return /^[\w.:~-]{1,512}$/.test(ticket) ? ticket : undefined;
}
