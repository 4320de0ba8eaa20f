import { LibraryFault } from '../library-fault';
import type { HttpAnswer } from './http-client';

/** Bad gateway, service unavailable, gateway timeout: a proxy speaks, and the system behind it may have acted. */
const PROXY = new Set([502, 503, 504]);

/**
 * Lets an answer pass whose status is one of `accepted`.
 * 401 and 403 mean that the peer does not accept us, so nothing was done; a
 * redirect leads to a login page or elsewhere and is never followed.
 * @param peer what is named in the message: a service or path without personal data
 * @throws {LibraryFault} REJECTED for 401 and 403; UNREACHABLE or, after a write, LOST when a proxy has not
 * reached the system; GARBLED for what the protocol does not foresee
 */
export function requireStatus(
  answer: HttpAnswer,
  { accepted, peer, kind }: { accepted: readonly number[]; peer: string; kind: 'read' | 'write' },
): HttpAnswer {
  const { status } = answer;
  if (accepted.includes(status)) return answer;
  if (status === 401) {
    throw new LibraryFault('REJECTED', `${peer} does not accept the credentials (401)`, {
      reason: 'credentials',
    });
  }
  if (status === 403) {
    throw new LibraryFault('REJECTED', `${peer} is not permitted to us (403)`, { reason: 'credentials' });
  }
  if (status === 408) throw new LibraryFault('TIMEOUT', `${peer} gave up waiting (408)`);
  if (PROXY.has(status)) {
    const code = kind === 'write' ? 'LOST' : 'UNREACHABLE';
    throw new LibraryFault(code, `${peer} is not served at present (${status})`);
  }
  if (status >= 300 && status < 400) {
    throw new LibraryFault('GARBLED', `${peer} sends elsewhere (${status})`, { reason: 'path' });
  }
  const reason = status === 404 ? 'path' : 'protocol';
  throw new LibraryFault('GARBLED', `${peer} answered with status ${status}`, { reason });
}
