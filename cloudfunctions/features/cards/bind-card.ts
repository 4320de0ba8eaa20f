import {
  CONSENT_VERSION,
  type BindInput,
  type BindOutput,
  type SignInAnswers,
} from '../../../contracts/cards';
import type { Denied } from '../../../contracts/denials';
import type { SignIn } from '../../../library-systems/circulation';
import { LibraryFault } from '../../../library-systems/library-fault';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { requireCapability } from '../../runtime/require';
import { reserveAttempt, returnAttempt, type Reservation } from '../../stores/attempts';
import { bindCard as keepBinding, endBinding } from '../../stores/bindings';
import { watchErasures } from '../../stores/erasures';
import { countCall } from '../../stores/rates';
import { unionKeyOf } from '../../stores/union-links';
import { cleanAnswers } from './clean-answers';
import { toCard, toProfile } from './describe-card';

type Proof = Parameters<SignIn['complete']>[0];
type Proved = Exclude<Awaited<ReturnType<SignIn['complete']>>, { denied: unknown }>;

/**
 * Second half of the sign-in conversation: proves the card and binds it to the
 * caller. The PIN goes to the library and nowhere else.
 */
export async function bindCard(context: Context, input: BindInput): Promise<BindOutput> {
  if (input.consentVersion !== CONSENT_VERSION) {
    throw new AppError('BAD_REQUEST', 'consentVersion: expected the version that is shown now');
  }
  const signIn = requireCapability((await context.library()).signIn, 'sign-in');
  const { method, state, replace } = input;
  if (!signIn.methods.includes(method)) throw new AppError('UNSUPPORTED', 'no such way to sign in');
  const answers = cleanAnswers(input.answers);
  requireAnswersFor(method, answers);
  const desk = context.desk();
  const erasures = await watchErasures(desk.lookup, context.openid);
  await countCall(context.openid, 'cards.bind', context.now());
  const proved = await prove(context, signIn, { method, answers, ...(state !== undefined && { state }) });
  if ('denied' in proved) return proved;

  const profile = toProfile(proved.patron);
  const bound = await keepBinding(
    desk,
    {
      openid: context.openid,
      patronRef: proved.patron.ref,
      consentVersion: input.consentVersion,
      profile,
      ...(proved.session && { session: proved.session }),
      ...unionKeyOf(context),
      replace,
    },
    context.now(),
  );
  if ('elsewhere' in bound) return { elsewhere: { boundAt: timestamp(bound.elsewhere) } };
  await erasures.requireNone(() => endBinding(context.openid));
  return { card: toCard(profile, bound.boundAt) };
}

function requireAnswersFor(method: Proof['method'], answers: SignInAnswers): void {
  const needed = {
    pin: ['cardNumber', 'pin'],
    'captcha-pin': ['cardNumber', 'pin', 'captcha'],
    sso: ['ticket'],
  } as const;
  const missing = needed[method].filter((name) => answers[name] === undefined);
  if (missing.length > 0) throw new AppError('BAD_REQUEST', `answers: expected ${missing.join(', ')}`);
}

/** Libraries take one number in several spellings; all of them must count as one. */
const bareNumber = (cardNumber: string): string =>
  cardNumber
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/\p{Nd}/gu, toAsciiDigit);

/** To many databases ٢ is 2, as É is E. The ten digits of a script stand together, in order. */
function toAsciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

/** Asks the library, within what may be tried. */
async function prove(context: Context, signIn: SignIn, proof: Proof): Promise<Proved | { denied: Denied }> {
  const { cardNumber } = proof.answers;
  const trial = {
    openid: context.openid,
    ...(cardNumber !== undefined && { cardNumber: bareNumber(cardNumber) }),
  };
  const reserved = await reserveAttempt(context.desk().lookup, trial, context.now());
  if ('retryAt' in reserved) {
    return { denied: { code: 'TOO_MANY_ATTEMPTS', retryAt: timestamp(reserved.retryAt) } };
  }
  const result = await ask(signIn, proof, reserved);
  if (!('denied' in result) || isWrongCaptcha(proof, result.denied)) {
    await returnAttempt(reserved);
    return result;
  }
  const { denied } = result;
  const next = reserved.nextIfFailed;
  return { denied: next === undefined || denied.retryAt ? denied : { ...denied, retryAt: timestamp(next) } };
}

/** A wrong captcha is answered before the PIN is looked at; whoever was shown none has had a PIN looked at. */
const isWrongCaptcha = ({ method }: Proof, { code }: Denied): boolean =>
  method === 'captcha-pin' && code === 'NEED_CAPTCHA';

async function ask(signIn: SignIn, proof: Proof, reserved: Reservation): ReturnType<SignIn['complete']> {
  try {
    return await signIn.complete(proof);
  } catch (error) {
    // Where the library may have counted a wrong PIN the try stays counted here, too.
    if (error instanceof LibraryFault && !error.mayHaveHappened) await returnAttempt(reserved);
    throw error;
  }
}
