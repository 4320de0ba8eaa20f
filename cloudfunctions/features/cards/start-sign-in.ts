import type { SignInMethod, SignInStart } from '../../../contracts/cards';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';
import { countCall } from '../../stores/rates';

/** First half of the sign-in conversation: what the reader is to answer. */
export async function startSignIn(
  context: Context,
  { method }: { method: SignInMethod },
): Promise<SignInStart> {
  const signIn = requireCapability((await context.library()).signIn, 'sign-in');
  if (!signIn.methods.includes(method)) throw new AppError('UNSUPPORTED', 'no such way to sign in');
  await countCall(context.openid, 'cards.start', context.now());
  return signIn.start(method);
}
