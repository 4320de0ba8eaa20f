import { LibraryFault } from '../../library-fault';
import type { AnswerCode } from './answer-forms';
import { encode, isEncodable } from './charset';
import type { Charset } from './charset';
import { checksumOf } from './checksum';

/** A message to the server. */
export interface Request<C extends AnswerCode = AnswerCode> {
  code: string;
  /** The fixed fields, one after the other. */
  fixed: string;
  /** Fields of variable length, in the order of the specification. */
  fields: readonly (readonly [id: string, value: string])[];
  /** Code of the answer. */
  answer: C;
  /** A `read` may be sent again on another connection; a `write` never. */
  kind: 'read' | 'write';
}

/**
 * Whether a value can stand in a field: `|` or a line end would begin another
 * field or message, and what a character set does not have would arrive as
 * something else.
 */
export const canSend = (value: string, charset: Charset): boolean =>
  !/[|\p{Cc}\p{Cs}\ufffd]/u.test(value) && isEncodable(value, charset);

/**
 * @param sequence 0 to 9; without it no error detection is asked for
 * @throws {LibraryFault} REJECTED for a value that cannot be sent
 */
export function encodeRequest(request: Request, charset: Charset, sequence?: number): Buffer {
  if (!request.fields.every(([, value]) => canSend(value, charset))) {
    throw new LibraryFault('REJECTED', `A value of message ${request.code} cannot be sent`);
  }
  const fields = request.fields.map(([id, value]) => `${id}${value}|`).join('');
  const text = encode(`${request.code}${request.fixed}${fields}`, charset);
  return sequence === undefined ? text : withChecksum(Buffer.concat([text, Buffer.from(`AY${sequence}`)]));
}

/**
 * Asks the server to send its last message again (97). It redoes nothing for
 * that. This message alone carries no sequence number.
 */
export const encodeResend = (): Buffer => withChecksum(Buffer.from('97'));

function withChecksum(bytes: Buffer): Buffer {
  const summed = Buffer.concat([bytes, Buffer.from('AZ')]);
  return Buffer.concat([summed, Buffer.from(checksumOf(summed))]);
}
