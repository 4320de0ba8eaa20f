import iconv from 'iconv-lite';
import { Refused } from '../../staff/says';

/**
 * The text of a file as Chinese spreadsheets write it: UTF-8 with or without a
 * byte order mark, or GB 18030, of which GBK is a part.
 * @throws {Refused} when it is neither
 */
export function decodeText(file: string, bytes: Buffer): { text: string; readAs: string } {
  const refused = (): Refused =>
    new Refused({
      en: `${file} is neither UTF-8 nor GBK/GB 18030 text: save it again as "CSV UTF-8"`,
      zh: `${file} 既不是 UTF-8 也不是 GBK/GB 18030 文本：请另存为“CSV UTF-8”`,
    });
  // Neither encoding has NUL in a text; UTF-16 is full of them.
  if (bytes.includes(0)) throw refused();
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== undefined) return { text: utf8, readAs: 'UTF-8' };
  const text = iconv.decode(bytes, 'gb18030');
  // What the encoding has no letter for becomes one of these, or lands in the area for private use.
  if (/[\ufffd\ue000-\uf8ff\u0080-\u009f]/u.test(text)) throw refused();
  return { text, readAs: 'GBK/GB 18030' };
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    // Takes the byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
