import * as v from 'valibot';
import { LibraryFault } from '../library-fault';
import type { HttpAnswer } from '../http/http-client';

/**
 * Reads an answer as JSON of a known form.
 * @throws {LibraryFault} GARBLED, naming the place and never the value
 */
export function readJson<S extends v.GenericSchema>(
  schema: S,
  answer: Pick<HttpAnswer, 'status' | 'body'>,
  of: string,
): v.InferOutput<S> {
  if (answer.status !== 200) throw refusedBy(answer.status, of);
  let data: unknown;
  try {
    data = JSON.parse(answer.body.toString('utf8').replace(/^\ufeff/, ''));
  } catch {
    throw new LibraryFault('GARBLED', `${of} does not answer in JSON`, { reason: 'protocol' });
  }
  const parsed = v.safeParse(schema, data);
  if (parsed.success) return parsed.output;
  const place = v.getDotPath(parsed.issues[0]) ?? 'the answer';
  throw new LibraryFault('GARBLED', `${of}: ${place} is not of the known form`, { reason: 'protocol' });
}

/** What an HTTP status other than the expected means. */
export function refusedBy(status: number, of: string): LibraryFault {
  if (status === 401 || status === 403) {
    return new LibraryFault('REJECTED', `${of} refuses us (HTTP ${status})`, { reason: 'credentials' });
  }
  if (status === 404) {
    return new LibraryFault('REJECTED', `${of} does not exist there (HTTP 404)`, { reason: 'path' });
  }
  // Said by what stands before the site: whether the site was asked nobody knows.
  if (status >= 502 && status <= 504) {
    return new LibraryFault('LOST', `${of} is out of order (HTTP ${status})`);
  }
  return new LibraryFault('GARBLED', `${of} answers with HTTP ${status}`, { reason: 'protocol' });
}

/** Text that a system may leave out, send as null, or send as a number; empty becomes absent. */
export const LooseText = v.pipe(
  v.nullish(v.union([v.string(), v.number()])),
  v.transform((value) => {
    const text = String(value ?? '').trim();
    return text === '' ? undefined : text;
  }),
);

/** A count that a system may leave out, send as null, or send as digits. */
export const LooseCount = v.pipe(
  v.nullish(v.union([v.string(), v.number()])),
  v.transform((value) => {
    if (typeof value === 'string' && !/^\d{1,9}$/.test(value.trim())) return undefined;
    const count = Number(value ?? NaN);
    return Number.isSafeInteger(count) && count >= 0 ? count : undefined;
  }),
);
