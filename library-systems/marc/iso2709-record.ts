import { decodeField } from './field-charset';
import type { FieldCharset } from './field-charset';
import type { ControlField, DataField, MarcRecord } from './record';

const FIELD_END = 0x1e;
const LEADER_LENGTH = 24;
const ENTRY_LENGTH = 12;
const DELIMITER = '\u001f';

interface RawField {
  tag: string;
  bytes: Uint8Array;
}

/** A record of ISO 2709 whose fields are still bytes; or why they cannot be told apart. */
export interface RawRecord {
  leader: string;
  fields: RawField[];
  problems: string[];
}

const digits = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);
const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);

/**
 * Takes a record apart (ISO 2709:2008; MARC 21 Specifications for Record Structure). What leader and directory say is
 * believed where the field terminators agree. Where they do not, as when lengths were counted in characters or after a
 * conversion, the fields are taken in their order, one for each entry of the directory.
 * @param bytes without the record terminator
 * @returns a text when the fields cannot be told apart
 */
export function splitRecord(bytes: Uint8Array): RawRecord | string {
  if (bytes.length < LEADER_LENGTH + 1) return 'shorter than a leader';
  const leader = latin1(bytes, 0, LEADER_LENGTH);
  const directoryEnd = bytes.indexOf(FIELD_END, LEADER_LENGTH);
  if (directoryEnd < 0) return 'no directory';
  const directory = latin1(bytes, LEADER_LENGTH, directoryEnd);
  if (directory.length % ENTRY_LENGTH !== 0) return 'a directory that is no row of entries of 12 bytes';
  const entries: { tag: string; length: number; start: number }[] = [];
  for (let at = 0; at < directory.length; at += ENTRY_LENGTH) {
    const tag = directory.slice(at, at + 3);
    const length = digits(directory.slice(at + 3, at + 7));
    const start = digits(directory.slice(at + 7, at + 12));
    if (!/^[0-9A-Za-z]{3}$/.test(tag) || length === undefined || start === undefined) {
      return 'a directory with an entry that is none';
    }
    entries.push({ tag, length, start });
  }
  const problems: string[] = [];
  const base = directoryEnd + 1;
  if (digits(leader.slice(12, 17)) !== base) problems.push('leader: wrong base address');
  if (digits(leader.slice(0, 5)) !== bytes.length + 1) problems.push('leader: wrong length of the record');
  const fits = entries.every(({ length, start }) => {
    const end = base + start + length - 1;
    return (
      length > 0 && end < bytes.length && bytes[end] === FIELD_END && bytes[base + start - 1] === FIELD_END
    );
  });
  if (fits) {
    const fields = entries.map(({ tag, length, start }) => ({
      tag,
      bytes: bytes.subarray(base + start, base + start + length - 1),
    }));
    return { leader, fields, problems };
  }
  const parts = splitAtEnds(bytes.subarray(base));
  if (parts.length !== entries.length) return 'a directory that does not fit the fields';
  problems.push('directory: wrong places of fields, which were taken in their order');
  return { leader, fields: entries.map(({ tag }, i) => ({ tag, bytes: parts[i]! })), problems };
}

function splitAtEnds(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = bytes.indexOf(FIELD_END); at >= 0; at = bytes.indexOf(FIELD_END, from)) {
    parts.push(bytes.subarray(from, at));
    from = at + 1;
  }
  // The last terminator is sometimes lost together with the end of the record.
  if (from < bytes.length) parts.push(bytes.subarray(from));
  return parts;
}

/** Decodes the fields of a record; what is not of the character set is named in `problems`. */
export function decodeRecord(raw: RawRecord, charset: FieldCharset): MarcRecord {
  const control: ControlField[] = [];
  const data: DataField[] = [];
  const problems = [...raw.problems];
  for (const { tag, bytes } of raw.fields) {
    const { text, unreadable } = decodeField(bytes, charset);
    if (unreadable > 0) problems.push(`${tag}: ${unreadable} places are not of ${charset}`);
    const at = text.indexOf(DELIMITER);
    if (/^00/.test(tag) && at < 0) control.push({ tag, value: text });
    else if (at < 0) problems.push(`${tag}: a field without subfields`);
    else data.push(dataField(tag, text, at));
  }
  return { leader: raw.leader, control, data, problems };
}

function dataField(tag: string, text: string, firstDelimiter: number): DataField {
  const indicators = text.slice(0, firstDelimiter);
  const subfields = text
    .slice(firstDelimiter + 1)
    .split(DELIMITER)
    .map((part) => {
      const code = [...part.slice(0, 2)][0] ?? '';
      return { code, value: part.slice(code.length) };
    });
  return { tag, ind1: indicators[0] ?? ' ', ind2: indicators[1] ?? ' ', subfields };
}
