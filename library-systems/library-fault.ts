/**
 * The library system could not be asked or did not answer intelligibly.
 * - UNREACHABLE: no connection, or it was cut
 * - TIMEOUT: no answer within the limit
 * - GARBLED: an answer that is not of the protocol
 * - REJECTED: it does not accept us (credentials, signature, permission)
 * - LOST: it was asked, and the connection ended before its answer was whole
 *
 * After TIMEOUT, GARBLED and LOST a write may have happened; after UNREACHABLE
 * and REJECTED it certainly has not.
 */
export type LibraryFaultCode = 'UNREACHABLE' | 'TIMEOUT' | 'GARBLED' | 'REJECTED' | 'LOST';

export class LibraryFault extends Error {
  override readonly name = 'LibraryFault';

  /** @param message for the logs; must hold no personal data and no secrets */
  constructor(
    readonly code: LibraryFaultCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  /** Whether a write that ended in this fault may have been carried out all the same. */
  get mayHaveHappened(): boolean {
    return this.code === 'TIMEOUT' || this.code === 'GARBLED' || this.code === 'LOST';
  }
}
