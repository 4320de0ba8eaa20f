import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { decodeMarc8 } from './marc8';
import type { Decoded } from './marc8';

export const FIELD_CHARSETS = ['utf-8', 'gb18030', 'big5', 'marc-8', 'latin1'] as const;
/** `gb18030` is also GBK and GB 2312. */
export type FieldCharset = (typeof FIELD_CHARSETS)[number];

/** Decodes one field; each place that is not of the character set becomes U+FFFD and is counted. */
export function decodeField(bytes: Uint8Array, charset: FieldCharset): Decoded {
  if (charset === 'marc-8') return decodeMarc8(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = charset === 'utf-8' ? buffer.toString('utf8') : iconv.decode(buffer, charset);
  // What stands as U+FFFD was damaged before or is damaged now: unreadable in both cases.
  return { text, unreadable: text.includes('\ufffd') ? text.split('\ufffd').length - 1 : 0 };
}

/**
 * The character set of a record: UTF-8 when its bytes are (leader/09 of MARC21 and 100$a/26 of UNIMARC are often not
 * true, and text in another character set is hardly ever valid UTF-8 by chance), MARC-8 when it holds the escape
 * sequences that only MARC-8 has, else what the library uses.
 */
export function charsetOf(fields: readonly { bytes: Uint8Array }[], otherwise: FieldCharset): FieldCharset {
  if (fields.some(({ bytes }) => bytes.includes(0x1b))) return 'marc-8';
  return fields.every(({ bytes }) => isUtf8(bytes)) ? 'utf-8' : otherwise;
}
