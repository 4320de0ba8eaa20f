import * as v from 'valibot';
import { LibraryFault } from '../library-fault';

/** A body as text. @throws {LibraryFault} GARBLED when it is not UTF-8 */
export function readUtf8(body: Buffer, peer: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (error) {
    throw new LibraryFault('GARBLED', `${peer} did not answer in UTF-8`, { cause: error, reason: 'charset' });
  }
}

/**
 * A body as JSON of a known form. The message names the place of what does not fit, never its value.
 * @throws {LibraryFault} GARBLED
 */
export function readJson<T>(body: Buffer, schema: v.GenericSchema<unknown, T>, peer: string): T {
  let value: unknown;
  try {
    value = JSON.parse(readUtf8(body, peer));
  } catch (error) {
    if (error instanceof LibraryFault) throw error;
    throw new LibraryFault('GARBLED', `${peer} did not answer in JSON`, { reason: 'protocol' });
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const place = v.getDotPath(parsed.issues[0]) ?? 'its outermost value';
  throw new LibraryFault('GARBLED', `${peer} answered in an unknown form, at ${place}`, {
    reason: 'protocol',
  });
}
