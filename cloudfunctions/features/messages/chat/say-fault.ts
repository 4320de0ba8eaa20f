import type { Denied } from '../../../../contracts/denials';
import { LibraryFault } from '../../../../library-systems/library-fault';
import { AppError } from '../../../runtime/app-error';
import { plain } from './compose';
import { linkTo, type Spoken } from './conversation';
import { DENIALS } from './words/denials';

/** What a fault means for whoever asked; undefined for a defect of ours. @param away what is said of a library that is away */
export function sayFault(spoken: Spoken, error: unknown, away = spoken.words.away): string | undefined {
  const { words } = spoken;
  if (error instanceof LibraryFault) return away;
  if (!(error instanceof AppError)) return undefined;
  switch (error.code) {
    case 'CARD_NOT_BOUND':
      return `${words.bind}\n${linkTo(spoken, 'bind')}`;
    case 'SIGN_IN_AGAIN':
      return `${words.signIn}\n${linkTo(spoken, 'signIn')}`;
    case 'BUSY':
      return words.busy;
    case 'UNSUPPORTED':
      return words.unsupported;
    case 'LIBRARY_UNREACHABLE':
    case 'NOT_CONFIGURED':
      return away;
    default:
      return undefined;
  }
}

/** Does something and says how it went wrong. @throws what is a defect */
export async function orFault(spoken: Spoken, work: () => Promise<string>, away?: string): Promise<string> {
  try {
    return await work();
  } catch (error) {
    const said = sayFault(spoken, error, away);
    if (said === undefined) throw error;
    return said;
  }
}

/** Why the library says no, with its own words where it has some. */
export function sayDenial({ words, language }: Spoken, { code, libraryText }: Denied): string {
  const own = libraryText === undefined ? '' : plain(libraryText);
  return DENIALS[code][language] + (own === '' ? '' : words.quote(own));
}
