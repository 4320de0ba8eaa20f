import type { Denied } from '../../contracts/denials';
import type { SignIn } from '../circulation';
import { LibraryFault } from '../library-fault';
import type { Koha } from './connection';
import { describePatron } from './describe-patron';
import { isKohaNumber, readPatronInfo } from './read-patron-info';
import { textOf } from './read-xml';

/**
 * Card number (or user name) and password by AuthenticatePatron. Koha answers
 * PatronNotFound for an unknown number, a wrong password and a locked card
 * alike.
 */
export function createSignIn(koha: Koha): SignIn {
  return {
    methods: ['pin'],
    start: async () => ({
      kind: 'fields',
      fields: [
        { name: 'cardNumber', secret: false },
        { name: 'pin', secret: true },
      ],
    }),
    complete: async ({ answers: { cardNumber, pin } }) => {
      const refused: Denied = { code: 'BAD_PIN', libraryCode: 'PatronNotFound' };
      if (cardNumber === undefined || pin === undefined) return { denied: refused };
      const answer = await koha.ask('AuthenticatePatron', { username: cardNumber, password: pin });
      const code = textOf(answer, 'code');
      if (code === 'PatronNotFound') return { denied: (await lockOf(koha, cardNumber)) ?? refused };
      if (code !== undefined) return { denied: koha.refusals.other(code) };
      const ref = textOf(answer, 'id');
      if (ref === undefined || !isKohaNumber(ref)) {
        throw new LibraryFault('GARBLED', 'ILS-DI AuthenticatePatron named no reader', {
          reason: 'protocol',
        });
      }
      const info = await readPatronInfo(koha.ask, ref);
      return info === undefined ? { denied: refused } : { patron: describePatron(koha, info) };
    },
  };
}

/**
 * Whether the card is locked after too many wrong passwords (Koha::Patron::account_locked); -1 is a lock by staff.
 * Told only where the library configured its limit: a locked card betrays that its number exists.
 */
async function lockOf(koha: Koha, cardNumber: string): Promise<Denied | undefined> {
  const limit = koha.config.failedLoginAttempts;
  if (limit === undefined) return undefined;
  try {
    const found = await koha.ask('LookupPatron', { id: cardNumber, id_type: 'cardnumber' });
    const info = await readPatronInfo(koha.ask, textOf(found, 'id') ?? '');
    const attempts = Number(textOf(info, 'login_attempts') ?? 0);
    return attempts >= limit || attempts < 0 ? { code: 'LOCKED', libraryCode: 'login_attempts' } : undefined;
  } catch (error) {
    // Koha has refused already; only why it did is not known.
    if (error instanceof LibraryFault) return undefined;
    throw error;
  }
}
