import iconv from 'iconv-lite';
import { LibraryFault } from '../library-fault';

export const CHARSETS = ['utf-8', 'gb18030'] as const;
export type Charset = (typeof CHARSETS)[number];

/** A record may hold a few bytes of another character set; a page full of them is in another character set. */
const TOLERATED = 3;
const TOLERATED_SHARE = 0.02;
/** So much Chinese that is sound UTF-8 by chance is not GB 18030. */
const TELLING = 24;

/**
 * The text of an answer in the character set that is configured for the site.
 * @throws {LibraryFault} GARBLED when it clearly is in the other one
 */
export function decodePage(body: Buffer, charset: Charset): string {
  const foreign = countForeign(body);
  if (charset === 'utf-8') {
    const text = new TextDecoder('utf-8').decode(body);
    const broken = text.split('\ufffd').length - 1;
    if (broken > TOLERATED && broken > foreign * TOLERATED_SHARE) throw otherCharset(charset);
    return text;
  }
  if (foreign >= TELLING && isUtf8(body)) throw otherCharset(charset);
  return iconv.decode(body, charset);
}

function countForeign(body: Buffer): number {
  let count = 0;
  for (const byte of body) if (byte > 127) count++;
  return count;
}

function isUtf8(body: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
    return true;
  } catch {
    return false;
  }
}

const otherCharset = (charset: Charset): LibraryFault =>
  new LibraryFault('GARBLED', `The answer is not in ${charset}; set "charset" to what the site uses`, {
    reason: 'charset',
  });
