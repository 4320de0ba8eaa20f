/**
 * The library system could not be asked or did not answer intelligibly.
 * - UNREACHABLE: no connection, or it was cut
 * - TIMEOUT: no answer within the limit
 * - GARBLED: an answer that is not of the protocol
 * - REJECTED: it does not accept us (credentials, signature, permission)
 */
export type LibraryFaultCode = 'UNREACHABLE' | 'TIMEOUT' | 'GARBLED' | 'REJECTED';

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
}
