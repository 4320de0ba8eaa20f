import iconv from 'iconv-lite';
import { MarcError } from './marc-error';

const DECLARED = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/;

/** GB 18030 holds all of GBK and GB 2312, and servers mix the three names up. */
export function canonicalCharset(name: string): string {
  const lower = name.toLowerCase().replaceAll('_', '-');
  return ['gb2312', 'gbk', 'gb-18030', 'cp936', 'x-gbk'].includes(lower) ? 'gb18030' : lower;
}

/**
 * Text of an XML document: by its byte order mark, else as configured, else by its declaration, else by the header
 * `Content-Type`, else UTF-8 (XML 1.0, appendix F).
 * @param configured wins over what the document says, for servers that declare one character set and send another
 * @throws MarcError CHARSET for an unknown character set and for bytes that are not of it
 */
export function decodeXml(
  bytes: Uint8Array,
  { configured, contentType }: { configured?: string | undefined; contentType?: string | undefined } = {},
): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = markOf(buffer);
  const declared = DECLARED.exec(buffer.toString('latin1', 0, 300))?.[1];
  const header = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1];
  const charset = canonicalCharset(mark ?? configured ?? declared ?? header ?? 'utf-8');
  if (!iconv.encodingExists(charset)) {
    throw new MarcError('CHARSET', 'a character set that is not known is declared');
  }
  const text = iconv.decode(buffer, charset, { stripBOM: true });
  // A document may hold U+FFFD itself, as damage done long ago; then the character's own bytes stand there, too.
  const damaged = text.split('\ufffd').length - 1;
  if (damaged > 0) {
    const own = iconv.encode('\ufffd', charset);
    if (damaged > (own.toString('latin1') === '?' ? 0 : countOf(buffer, own))) {
      throw new MarcError('CHARSET', `bytes that are not of ${charset}`);
    }
  }
  return text;
}

function markOf(buffer: Buffer): string | undefined {
  if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return 'utf-8';
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be';
  return undefined;
}

function countOf(buffer: Buffer, part: Buffer): number {
  let count = 0;
  for (let at = buffer.indexOf(part); at >= 0; at = buffer.indexOf(part, at + part.length)) count += 1;
  return count;
}
