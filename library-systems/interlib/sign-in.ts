import { createHash } from 'node:crypto';
import type { SignInStart } from '../../contracts/cards';
import type { DenialCode, Denied } from '../../contracts/denials';
import type { Patron, Refusal, SignIn } from '../circulation';
import type { AdapterContext } from '../connected-system';
import type { HttpClient } from '../http/http-client';
import { LibraryFault } from '../library-fault';
import { decodePage } from '../web-session/decode-page';
import { idFor } from '../web-session/item-id';
import { attribute, byTag, findAll, hasClass, parsePage, textOf } from '../web-session/parse-page';
import type { Element } from '../web-session/parse-page';
import { lastDateIn } from '../web-session/read-date';
import { refusedBy } from '../web-session/read-json';
import { openWebSession } from '../web-session/web-session';
import type { InterlibConfig } from './config';
import { SessionEnded } from '../web-session/session-ended';
import { isSignInPage, readerPages, tokens } from './reader-pages';
import type { ReaderPages } from './reader-pages';

type SignInConfig = NonNullable<InterlibConfig['signIn']>;

const FIELDS: Extract<SignInStart, { kind: 'fields' }>['fields'] = [
  { name: 'cardNumber', label: '读者证号', secret: false },
  { name: 'pin', label: '密码', secret: true },
];

/** Texts of the sign-in page; assumed, none was seen in public code. */
export const SIGN_IN_WORDS: readonly (readonly [RegExp, DenialCode])[] = [
  // Before the captcha: "密码错误，请输入验证码" counts as the wrong PIN that it is.
  [/密码(错误|有误|不正确|不对)/u, 'BAD_PIN'],
  [/验证码|滑动/u, 'NEED_CAPTCHA'],
  [/密码|读者证号(不|有误)|不存在|没有.*读者/u, 'BAD_PIN'],
  [/挂失/u, 'CARD_LOST'],
  [/锁定|次数过多/u, 'LOCKED'],
  [/过期|失效|注销/u, 'EXPIRED'],
  [/暂停|停用|冻结/u, 'BLOCKED'],
];
/** State of the card as the reader's page shows it; 有效 is none. */
const CARD_STATES: readonly (readonly [RegExp, DenialCode])[] = [
  [/挂失/u, 'CARD_LOST'],
  [/过期|失效|注销/u, 'EXPIRED'],
  [/./u, 'BLOCKED'],
];

export function openSignIn(
  http: HttpClient,
  config: InterlibConfig & { signIn: SignInConfig },
  { clock }: AdapterContext,
  denied: (text: string, fallback?: DenialCode) => Denied,
): SignIn {
  const { baseUrl, charset, signIn } = config;
  return {
    methods: ['pin'],
    async start(method) {
      if (method !== 'pin') throw new LibraryFault('REJECTED', `Interlib offers no sign-in by ${method}`);
      return { kind: 'fields', fields: FIELDS };
    },
    async complete({ method, answers }) {
      if (method !== 'pin') return { denied: { code: 'OTHER', libraryText: '本馆不支持这种登录方式' } };
      const { cardNumber: rdid = '', pin = '' } = answers;
      const web = openWebSession(http, baseUrl);
      const answer = await web.send({
        method: 'POST',
        path: signIn.path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        // The site's own page sends the hash as well; whoever hears it can sign in with it, so use HTTPS.
        body: new URLSearchParams({ rdid, rdPasswd: md5(pin), password: '', returnUrl: '' }).toString(),
        kind: 'write',
      });
      // A redirect is what follows the right PIN; the form once more, with a text, follows a wrong one.
      if (!answer.redirect && answer.status !== 200) throw refusedBy(answer.status, signIn.path);
      const refusal = answer.redirect ? undefined : refusalOn(decodePage(answer.body, charset));
      if (refusal) return refusal;
      try {
        const patron = await readPatron(readerPages(web, config, rdid));
        const expiresAt = new Date(clock.now() + signIn.sessionMinutes * 60_000).toISOString();
        const token = tokens.write(patron.ref, { rdid, cookies: web.cookies() });
        return { patron, session: { token, expiresAt } };
      } catch (error) {
        if (!(error instanceof SessionEnded)) throw error;
        return { denied: { code: 'BAD_PIN' } };
      }
    },
  };

  function refusalOn(html: string): Refusal | undefined {
    const page = parsePage(html);
    if (!isSignInPage(page)) return undefined;
    const text = messageOn(page);
    return { denied: text === '' ? { code: 'BAD_PIN' } : denied(text) };
  }
}

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

/** What the site says to what was done; the form's own words are not that. */
export function messageOn(page: Element): string {
  const [message] = findAll(
    page,
    (element) =>
      attribute(element, 'id') === 'messageInfo' || hasClass(element, 'error') || hasClass(element, 'remind'),
  );
  return message ? textOf(message) : '';
}

/** `/reader/space`: cells of "【label】 value". Number and name come with stars. */
export async function readPatron(pages: ReaderPages): Promise<Patron> {
  const path = '/reader/space';
  const fields = fieldsOf(await pages.page({ path, kind: 'read' }));
  if (fields.size === 0) {
    throw new LibraryFault('GARBLED', `${path} shows nothing of the reader`, { reason: 'protocol' });
  }
  const { rdid } = pages;
  const name = fields.get('读者姓名');
  const type = fields.get('读者类型') ?? '读者';
  const expiresAt = lastDateIn(fields.get('有效期') ?? '');
  const state = fields.get('证状态');
  const bad =
    state === undefined || state === '有效' ? undefined : CARD_STATES.find(([word]) => word.test(state));
  return {
    ref: idFor(rdid),
    cardNumber: rdid,
    ...(name !== undefined && { name }),
    readerType: { code: type, name: type },
    ...(expiresAt !== undefined && { expiresAt }),
    blocks: bad && state !== undefined ? [{ code: bad[1], libraryText: state }] : [],
  };
}

function fieldsOf(page: Element): Map<string, string> {
  const fields = new Map<string, string>();
  for (const cell of findAll(page, byTag('td'))) {
    for (const part of textOf(cell).split('【').slice(1)) {
      const at = part.indexOf('】');
      const value = part.slice(at + 1).trim();
      if (at > 0 && value !== '') fields.set(part.slice(0, at), value);
    }
  }
  return fields;
}
