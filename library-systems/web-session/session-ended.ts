import type { PatronAccess, Refusal } from '../circulation';
import { SESSION_ENDED } from './session-token';

/** Thrown within an adapter only, by whoever meets the sign-in page; {@link inSession} turns it into a refusal. */
export class SessionEnded extends Error {}

/**
 * Does something with what a reader's session carries.
 * @returns a refusal where there is no session, or the site has ended it
 */
export async function inSession<S, T>(
  access: PatronAccess,
  tokens: { read: (access: PatronAccess) => S | undefined },
  work: (kept: S) => Promise<T>,
): Promise<T | Refusal> {
  const kept = tokens.read(access);
  if (!kept) return { denied: SESSION_ENDED };
  try {
    return await work(kept);
  } catch (error) {
    if (error instanceof SessionEnded) return { denied: SESSION_ENDED };
    throw error;
  }
}
