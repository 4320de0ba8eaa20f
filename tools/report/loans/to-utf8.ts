import iconv from 'iconv-lite';
import type { Encoding } from './scan-encoding';

const BOM = Buffer.from('\ufeff', 'utf8');

/** The content as UTF-8 without a byte order mark. What the encoding has no letter for becomes U+FFFD. */
export async function* toUtf8(pieces: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const piece of encoding === 'utf-8' ? pieces : decode(pieces, encoding)) {
    if (start === undefined) {
      yield piece;
      continue;
    }
    start = Buffer.concat([start, piece]);
    if (start.length < BOM.length) continue;
    yield withoutMark(start);
    start = undefined;
  }
  if (start !== undefined) yield withoutMark(start);
}

const withoutMark = (bytes: Buffer): Buffer =>
  bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;

async function* decode(
  pieces: AsyncIterable<Buffer>,
  encoding: Exclude<Encoding, 'utf-8'>,
): AsyncGenerator<Buffer> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: false });
  for await (const piece of pieces) yield Buffer.from(decoder.write(piece), 'utf8');
  const rest = decoder.end();
  if (rest) yield Buffer.from(rest, 'utf8');
}
