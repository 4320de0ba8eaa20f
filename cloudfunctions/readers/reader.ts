import type { PatronAccess } from '../../library-systems/circulation';
import type { LibrarySystem } from '../../library-systems/library-system';
import { AppError } from '../runtime/app-error';
import type { Context } from '../runtime/context';
import { requireCapability } from '../runtime/require';
import { findBinding, type OpenBinding } from '../stores/bindings';
import { countCall, type CountedCall } from '../stores/rates';

/** A caller with a bound card, and how the library is asked in their name. */
export interface Reader {
  binding: OpenBinding;
  library: LibrarySystem;
  access: PatronAccess;
}

/** @throws {AppError} CARD_NOT_BOUND */
export async function requireBinding(context: Context): Promise<OpenBinding> {
  const binding = await findBinding(context.desk(), context.openid, context.now());
  if (!binding) throw new AppError('CARD_NOT_BOUND', 'no card is bound');
  return binding;
}

/**
 * The card is looked for before the library: who has none is told so even when
 * the library cannot be reached.
 * @throws {AppError} CARD_NOT_BOUND, SIGN_IN_AGAIN
 */
export async function requireReader(context: Context): Promise<Reader> {
  const binding = await requireBinding(context);
  const library = await context.library();
  return { binding, library, access: accessTo(library, binding) };
}

/**
 * The same for what is bounded in number: counted while the card is looked for, and also when there is none.
 * @throws {AppError} CARD_NOT_BOUND, SIGN_IN_AGAIN, BUSY
 */
export async function requireCountedReader(context: Context, what: CountedCall): Promise<Reader> {
  const counted = countCall(context.openid, what, context.now());
  counted.catch(() => undefined);
  const reader = await requireReader(context);
  await counted;
  return reader;
}

/**
 * In whose name the library is asked: always the reference that was proved at
 * binding, never anything that a client sent.
 * @throws {AppError} SIGN_IN_AGAIN
 */
export function accessTo(
  library: LibrarySystem,
  { patronRef, session }: Pick<OpenBinding, 'patronRef' | 'session'>,
): PatronAccess {
  switch (requireCapability(library.afterBinding, 'sign-in')) {
    case 'trusted-terminal':
      return { ref: patronRef };
    case 'session':
      if (session === undefined) throw new AppError('SIGN_IN_AGAIN', 'the session has ended');
      return { ref: patronRef, session };
    case 'ask-each-time':
      throw new AppError('SIGN_IN_AGAIN', 'this library asks for the PIN each time');
  }
}
