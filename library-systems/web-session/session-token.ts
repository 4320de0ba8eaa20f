import * as v from 'valibot';
import type { Denied } from '../../contracts/denials';
import type { PatronAccess } from '../circulation';
import { LibraryFault } from '../library-fault';

/** What a session may be at most, in characters (circulation-messages.ts). */
const MAX_TOKEN = 4_096;

/** The library knows this session no longer; the reader must sign in again. */
export const SESSION_ENDED: Denied = { code: 'SIGN_IN_AGAIN', libraryText: '登录已失效，请重新登录' };

/**
 * Writes and reads what a reader's calls carry after signing in: in whose name it was given, and the site's
 * own cookies or token. It goes to the functions only, which keep it sealed; it never reaches a phone.
 */
export function sessionTokens<S extends v.GenericSchema>(schema: S) {
  const Token = v.object({ ref: v.string(), data: schema });
  return {
    /** @throws {LibraryFault} GARBLED when the site's cookies are too large to be kept */
    write(ref: string, data: v.InferOutput<S>): string {
      const token = Buffer.from(JSON.stringify({ ref, data }), 'utf8').toString('base64url');
      if (token.length > MAX_TOKEN) {
        throw new LibraryFault(
          'GARBLED',
          `The session of the library's site takes ${token.length} characters; ${MAX_TOKEN} can be kept`,
        );
      }
      return token;
    },
    /** @returns undefined when there is none, or when it was given to somebody else */
    read({ ref, session }: PatronAccess): v.InferOutput<S> | undefined {
      if (session === undefined || session.length > MAX_TOKEN) return undefined;
      try {
        const token = v.safeParse(Token, JSON.parse(Buffer.from(session, 'base64url').toString('utf8')));
        return token.success && token.output.ref === ref ? token.output.data : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
