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

/** What stands in the way, where that is known: for whoever connects a library's system, never for readers. */
export type FaultReason =
  'host' | 'refused' | 'tls' | 'credentials' | 'charset' | 'institution' | 'path' | 'protocol';

export class LibraryFault extends Error {
  override readonly name = 'LibraryFault';
  readonly reason?: FaultReason;

  /** @param message for the logs; must hold no personal data and no secrets */
  constructor(
    readonly code: LibraryFaultCode,
    message: string,
    { reason, ...options }: { cause?: unknown; reason?: FaultReason } = {},
  ) {
    super(message, options);
    if (reason !== undefined) this.reason = reason;
  }

  /** Whether a write that ended in this fault may have been carried out all the same. */
  get mayHaveHappened(): boolean {
    return this.code === 'TIMEOUT' || this.code === 'GARBLED' || this.code === 'LOST';
  }
}
