import { CONSENT_VERSION } from '../../contracts/cards';
import type { PatronAccess } from '../../library-systems/circulation';
import type { LibrarySystem } from '../../library-systems/library-system';
import { dataOf, type LocalCloud } from '../../test/support/local-cloud';

export interface CardAndPin {
  cardNumber: string;
  pin: string;
}

/** Readers of the demo library that are made to be played; see local/seed/README.md. */
export const TWENTY_LOANS: CardAndPin = { cardNumber: '2024110020', pin: '487388' };
export const MANY_LOANS: CardAndPin = { cardNumber: 'D00012', pin: '925630' };

/** Binds a card to an identity at the desk. @returns how the library itself knows the reader */
export async function bind(
  cloud: LocalCloud,
  library: LibrarySystem,
  openid: string,
  answers: CardAndPin,
): Promise<PatronAccess> {
  const input = { method: 'pin', answers, consentVersion: CONSENT_VERSION } as const;
  const bound = dataOf(await cloud.call('cards.bind', input, openid));
  if (!('card' in bound)) throw new Error(`not bound: ${JSON.stringify(bound)}`);
  const proved = await library.signIn!.complete({ method: 'pin', answers });
  if ('denied' in proved) throw new Error(`not proved: ${JSON.stringify(proved)}`);
  return { ref: proved.patron.ref };
}
