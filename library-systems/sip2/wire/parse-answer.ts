import { LibraryFault } from '../../library-fault';
import { ANSWER_FORMS, isAnswerCode, RESEND_ASKED } from './answer-forms';
import type { AnswerCode } from './answer-forms';
import { decode } from './charset';
import type { Charset } from './charset';
import { checksumOf } from './checksum';

export interface Answer<C extends AnswerCode = AnswerCode> {
  code: C;
  fixed: Record<keyof (typeof ANSWER_FORMS)[C], string>;
  /** Values by field id, in their order; a field may come several times. */
  fields: ReadonlyMap<string, readonly string[]>;
}

/** A message as it came over the line, before its content is looked at. */
export interface Envelope {
  /** The first two characters; `96` asks to send again. */
  code: string;
  /** The bytes between code and trailer. */
  body: Buffer;
  /** Absent when the message carries none. */
  sequence?: number;
  checksum: 'right' | 'wrong' | 'absent';
}

/** `AY<sequence>AZ<checksum>`; either may be missing, and so may the `|` before it. */
const TRAILER = /(?:AY([0-9]))?AZ([0-9A-Fa-f]{4})[ \t]*$/;
const LONGEST_TRAILER = 24;

/**
 * Reads code and trailer of a message; both are ASCII in every character set.
 * @param frame without CR and LF
 * @throws {LibraryFault} GARBLED for what is no SIP2 message
 */
export function openEnvelope(frame: Buffer): Envelope {
  const code = frame.toString('latin1', 0, 2);
  if (!/^[0-9]{2}$/.test(code)) {
    throw new LibraryFault('GARBLED', 'The peer says something that is not SIP2', { reason: 'protocol' });
  }
  const from = Math.max(2, frame.length - LONGEST_TRAILER);
  const found = TRAILER.exec(frame.toString('latin1', from));
  if (!found) return { code, body: frame.subarray(2), checksum: 'absent' };
  const [whole, sequence, checksum] = found;
  const bodyEnd = from + found.index;
  const summed = bodyEnd + whole.trimEnd().length - 4;
  return {
    code,
    body: frame.subarray(2, bodyEnd),
    ...(sequence !== undefined && { sequence: Number(sequence) }),
    checksum: checksumOf(frame.subarray(0, summed)) === checksum!.toUpperCase() ? 'right' : 'wrong',
  };
}

/** What Koha's server prints where it means a list: a piece of Perl's memory. */
const PERL_REFERENCE = /[\w:]{1,64}=(?:HASH|ARRAY|SCALAR)\(0x[0-9a-f]{1,16}\)/g;

/**
 * Reads the content of an answer. The text is decoded before it is split: in GBK
 * the byte of `|` is also the second half of 118 characters. Unknown fields are
 * kept, what is no field is left out.
 * @throws {LibraryFault} GARBLED when the code is unknown or the fixed fields are not all there
 */
export function parseAnswer({ code, body }: Envelope, charset: Charset): Answer {
  if (!isAnswerCode(code)) {
    const known = code === RESEND_ASKED ? 'asks for a message to be sent again' : 'has no known code';
    throw new LibraryFault('GARBLED', `The answer ${known}`, { reason: 'protocol' });
  }
  const text = decode(body, charset).replace(PERL_REFERENCE, '');
  const fixed: Record<string, string> = {};
  let at = 0;
  for (const [name, length] of Object.entries<number>(ANSWER_FORMS[code])) {
    fixed[name] = text.slice(at, at + length);
    at += length;
  }
  if (text.length < at) {
    throw new LibraryFault('GARBLED', `The answer ${code} is too short`, { reason: 'protocol' });
  }
  const fields = new Map<string, string[]>();
  for (const piece of text.slice(at).split('|')) {
    const id = piece.slice(0, 2);
    if (!/^[A-Z][A-Z0-9]$/.test(id)) continue;
    const value = piece.slice(2).replace(/\p{Cc}/gu, ' ');
    const values = fields.get(id);
    if (values) values.push(value);
    else fields.set(id, [value]);
  }
  // The form was filled in for this code just above.
  return { code, fixed, fields };
}

/** The first value of a field without blanks around it; `undefined` when it is absent or empty. */
export function first({ fields }: Pick<Answer, 'fields'>, id: string): string | undefined {
  for (const value of fields.get(id) ?? []) {
    const text = value.trim();
    if (text !== '') return text;
  }
  return undefined;
}

/** All values of a field that are not empty. */
export const all = ({ fields }: Pick<Answer, 'fields'>, id: string): string[] =>
  (fields.get(id) ?? []).map((value) => value.trim()).filter((value) => value !== '');
