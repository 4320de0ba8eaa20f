import { charsetOf } from './field-charset';
import type { FieldCharset } from './field-charset';
import { decodeRecord, splitRecord } from './iso2709-record';
import { MarcError } from './marc-error';
import type { MarcRecord } from './record';

const RECORD_END = 0x1d;
/** Five digits of the leader hold no more. */
const MAX_RECORD = 99_999;

export interface MarcFileOptions {
  /** What records are in that are neither UTF-8 nor marked by escape sequences; `marc-8` when absent. */
  readonly otherwise?: FieldCharset;
  /** For all records, whatever they look like. */
  readonly charset?: FieldCharset;
}

/** One record of a file, from 1; `record` when it could be read, else `error`. */
export type MarcFileEntry = { number: number; byte: number } & (
  { record: MarcRecord } | { error: MarcError }
);

/**
 * Reads the records of ISO 2709 in a file one after the other. A record that cannot be read is an entry with an error
 * that says its number and place, and reading goes on behind its terminator; it never throws. `problems` of a record
 * tell what was mended.
 */
export function* readMarcFile(bytes: Uint8Array, options: MarcFileOptions = {}): Generator<MarcFileEntry> {
  let number = 0;
  for (let from = nextRecord(bytes, 0); from < bytes.length;) {
    number += 1;
    const end = endOf(bytes, from);
    const at = { number, byte: from };
    const error = (text: string): MarcFileEntry => ({
      ...at,
      error: new MarcError('RECORD', text, { record: number, byte: from }),
    });
    if (end - from > MAX_RECORD) yield error(`longer than ${MAX_RECORD} bytes`);
    else {
      const raw = splitRecord(bytes.subarray(from, end));
      if (typeof raw === 'string') yield error(raw);
      else {
        const charset = options.charset ?? charsetOf(raw.fields, options.otherwise ?? 'marc-8');
        const record = decodeRecord(raw, charset);
        const cut = end === bytes.length ? ['the file ends within the record'] : [];
        yield { ...at, record: { ...record, problems: [...record.problems, ...cut] } };
      }
    }
    from = nextRecord(bytes, end + 1);
  }
}

function endOf(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(RECORD_END, from);
  return end < 0 ? bytes.length : end;
}

/** Behind line ends and the end mark of CP/M that programs put between records. */
function nextRecord(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && [0x0a, 0x0d, 0x1a].includes(bytes[at]!)) at += 1;
  return at;
}
