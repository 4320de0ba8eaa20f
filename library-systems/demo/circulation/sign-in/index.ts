import { randomInt } from 'node:crypto';
import type { SignInAnswers, SignInMethod, SignInStart } from '../../../../contracts/cards';
import type { Patron, Refusal, SignIn } from '../../../circulation';
import type { Circulation } from '../circulation';
import { describePatron } from '../patrons';
import { refuse } from '../refusals';
import type { Reader } from '../rows';
import { drawCaptcha } from './draw-captcha';
import { provePin } from './prove-pin';
import { startSsoPage } from './sso-page';
import type { SsoPage } from './sso-page';
import { Tokens } from './tokens';

type Proved = { patron: Patron; session?: { token: string; expiresAt: string } } | Refusal;
type Fields = Extract<SignInStart, { kind: 'fields' }>['fields'];

const FIELDS: Fields = [
  { name: 'cardNumber', label: '借阅证号（学号或工号）', secret: false },
  { name: 'pin', label: '图书馆密码', secret: true },
];
const CAPTCHA_FIELDS: Fields = [...FIELDS, { name: 'captcha', label: '图中数字', secret: false }];
const CONVERSATION_MS = 5 * 60_000;

/** The sign-in of the demo, in as many ways as it is told to offer. */
export interface DemoSignIn {
  signIn: SignIn;
  close(): Promise<void>;
}

export async function openSignIn(
  circulation: Circulation,
  methods: readonly SignInMethod[],
): Promise<DemoSignIn> {
  const { clock } = circulation;
  const captchas = new Tokens<string>(CONVERSATION_MS);
  const conversations = new Tokens<true>(CONVERSATION_MS);
  const tickets = new Tokens<{ state: string; reader: string }>(CONVERSATION_MS);
  const page = methods.includes('sso') ? await openPage(circulation, conversations, tickets) : undefined;

  const withPin = async ({ cardNumber = '', pin = '' }: SignInAnswers): Promise<Proved> => {
    const proved = await provePin(circulation, cardNumber, pin);
    return 'denied' in proved ? proved : welcome(circulation, proved.reader);
  };
  const complete: SignIn['complete'] = async ({ method, answers, state = '' }) => {
    if (!methods.includes(method)) return { denied: refuse('OTHER', '本馆不支持这种登录方式') };
    switch (method) {
      case 'pin':
        return withPin(answers);
      case 'captcha-pin': {
        // Each picture is good for one try, right or wrong.
        const digits = captchas.take(state, clock.now());
        const given = answers.captcha?.normalize('NFKC').trim();
        return digits !== undefined && given === digits
          ? withPin(answers)
          : { denied: refuse('NEED_CAPTCHA') };
      }
      case 'sso': {
        const ticket = tickets.take(answers.ticket ?? '', clock.now());
        const reader = ticket?.state === state ? circulation.ledger.readers.get(ticket.reader) : undefined;
        if (!reader) return { denied: refuse('OTHER', '登录凭据无效或已失效，请重新登录') };
        return welcome(circulation, reader);
      }
    }
  };

  return {
    signIn: {
      methods,
      start: async (method): Promise<SignInStart> => {
        if (!methods.includes(method))
          throw new Error(`The demo library does not offer sign-in by ${method}`);
        switch (method) {
          case 'pin':
            return { kind: 'fields', fields: FIELDS };
          case 'captcha-pin': {
            const digits = String(randomInt(1_000, 10_000));
            const { token } = captchas.issue(digits, clock.now());
            return {
              kind: 'captcha',
              fields: CAPTCHA_FIELDS,
              captchaImage: drawCaptcha(digits),
              state: token,
            };
          }
          case 'sso': {
            const { token } = conversations.issue(true, clock.now());
            return { kind: 'sso', ssoUrl: page!.urlFor(token), state: token };
          }
        }
      },
      complete,
    },
    close: async () => page?.close(),
  };
}

function openPage(
  circulation: Circulation,
  conversations: Tokens<true>,
  tickets: Tokens<{ state: string; reader: string }>,
): Promise<SsoPage> {
  return startSsoPage(async (state, cardNumber, pin) => {
    const now = circulation.clock.now();
    if (!conversations.read(state, now))
      return { denied: refuse('OTHER', '登录已超时，请返回小程序重新开始') };
    const proved = await provePin(circulation, cardNumber, pin);
    if ('denied' in proved) return proved;
    conversations.take(state, now);
    return { ticket: tickets.issue({ state, reader: proved.reader.id }, now).token };
  });
}

function welcome(circulation: Circulation, reader: Reader): Proved {
  const { sessions, clock } = circulation;
  const session = sessions?.issue(reader.id, clock.now());
  return {
    patron: describePatron(circulation, reader),
    ...(session && { session: { token: session.token, expiresAt: new Date(session.until).toISOString() } }),
  };
}
