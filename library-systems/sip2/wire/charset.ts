import iconv from 'iconv-lite';

/** Character sets that SIP2 servers are known to speak; the protocol itself names none. */
export const CHARSETS = ['utf-8', 'gbk', 'gb18030'] as const;
export type Charset = (typeof CHARSETS)[number];

/** What cannot be decoded becomes U+FFFD; titles cut by a server in the middle of a character are common. */
export const decode = (bytes: Buffer, charset: Charset): string => iconv.decode(bytes, charset);

export const encode = (text: string, charset: Charset): Buffer => iconv.encode(text, charset);

/** Whether every character of a text exists in a character set. */
export const isEncodable = (text: string, charset: Charset): boolean =>
  decode(encode(text, charset), charset) === text;

/**
 * The character sets that bytes make sense in, most likely first. Text of more
 * than ASCII that is valid UTF-8 hardly ever is anything else, while nearly all
 * bytes are something in GB18030.
 */
export function fittingCharsets(bytes: Buffer): Charset[] {
  return CHARSETS.filter((charset) => !decode(bytes, charset).includes('\ufffd'));
}

/** Whether bytes tell character sets apart at all. */
export const isAscii = (bytes: Buffer): boolean => bytes.every((byte) => byte < 0x80);
