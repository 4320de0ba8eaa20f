import type { LibrarySystem } from '../../library-systems/library-system';
import { AppError } from '../runtime/app-error';

/**
 * A library's session may end before its time: it was closed from elsewhere, or the library's server was
 * started anew. That is no refusal of the card, so the reader is asked to sign in again, as after its time.
 */
export function requireSession(library: LibrarySystem): LibrarySystem {
  const { patrons, loans, holds, fines } = library;
  return {
    ...library,
    ...(patrons && { patrons: { ...patrons, patron: checked(patrons.patron) } }),
    ...(loans && {
      loans: {
        ...loans,
        list: checked(loans.list),
        ...(loans.history && { history: checked(loans.history) }),
      },
    }),
    ...(holds && { holds: { ...holds, list: checked(holds.list) } }),
    ...(fines && { fines: { ...fines, list: checked(fines.list) } }),
  };
}

/** @returns the same operation; it throws {AppError} SIGN_IN_AGAIN when the library says so */
function checked<Args extends unknown[], Answer>(
  operation: (...args: Args) => Promise<Answer>,
): (...args: Args) => Promise<Answer> {
  return async (...args) => {
    const answer = await operation(...args);
    if (saysSignInAgain(answer)) throw new AppError('SIGN_IN_AGAIN', 'the library has ended the session');
    return answer;
  };
}

function saysSignInAgain(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null || !('denied' in answer)) return false;
  const { denied } = answer;
  return typeof denied === 'object' && denied !== null && 'code' in denied && denied.code === 'SIGN_IN_AGAIN';
}
