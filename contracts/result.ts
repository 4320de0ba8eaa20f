/**
 * The envelope of every answer that crosses from a cloud function to a client.
 * A library's "no" is data inside `data`; only faults travel as `error`.
 */
export type Result<T> = { ok: true; data: T } | { ok: false; error: Fault };

export interface Fault {
  code: FaultCode;
  /** Whether the same call may succeed if it is simply made again. */
  retryable: boolean;
  /** What a reader can read out to the library's IT; it stands in the logs. */
  requestId: string;
}

/**
 * - BAD_REQUEST: the input does not fit the contract, or the action does not exist
 * - NOT_FOUND: what was named does not exist (any more)
 * - NO_IDENTITY: the platform did not say who is calling
 * - LIBRARY_UNREACHABLE: the library system did not answer, or not intelligibly
 * - UNSUPPORTED: this library's system cannot do this
 * - NOT_CONFIGURED: the function lacks its settings; its log says which
 * - CARD_NOT_BOUND: the action needs a bound card
 * - SIGN_IN_AGAIN: the library's session ended or it asks for the PIN each time
 * - BUSY: another request of the same reader is still at work, or there were too many in a short time
 * - INTERNAL: our own defect; nothing about it leaks
 */
export const FAULT_CODES = [
  'BAD_REQUEST',
  'NOT_FOUND',
  'NO_IDENTITY',
  'LIBRARY_UNREACHABLE',
  'UNSUPPORTED',
  'NOT_CONFIGURED',
  'CARD_NOT_BOUND',
  'SIGN_IN_AGAIN',
  'BUSY',
  'INTERNAL',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];
