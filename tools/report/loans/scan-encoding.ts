import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { TextDecoder } from 'node:util';
import { countUtf8 } from './count-utf8';

export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What a file is made of, known when it has been gone through once. */
export interface Scan {
  encoding: Encoding;
  /** It may have bytes that the encoding has no letter for. */
  isDoubtful: boolean;
  /** SHA-256 of the content, hex. */
  digest: string;
  /** Of the content, unpacked. */
  bytes: number;
}

/** NUL stands in half of the bytes of UTF-16 and in next to none of a text. */
const LOOKED_AT = 4_096;

/**
 * Goes through the content once. Whether it is UTF-8 shows at its end only: the one Chinese title of a long file
 * may stand in its last row.
 */
export async function scanEncoding(pieces: AsyncIterable<Buffer>): Promise<Scan> {
  const hash: Hash = createHash('sha256');
  let bytes = 0;
  let start: Buffer = Buffer.alloc(0);
  let decoder: TextDecoder | undefined = new TextDecoder('utf-8', { fatal: true });
  /** Letters of several bytes, about, and bytes that belong to none. */
  const seen = { letters: 0, strays: 0 };
  for await (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
    if (start.length < LOOKED_AT) start = Buffer.concat([start, piece.subarray(0, LOOKED_AT)]);
    if (decoder) {
      try {
        seen.letters += piece.length - decoder.decode(piece, { stream: true }).length;
        continue;
      } catch {
        decoder = undefined;
      }
    }
    const counted = countUtf8(piece);
    seen.letters += counted.letters;
    seen.strays += counted.strays;
  }
  try {
    decoder?.decode();
  } catch {
    seen.strays++;
  }
  const wide = utf16Of(start);
  const encoding = wide ?? (seen.strays > 0 && seen.strays >= seen.letters ? 'gb18030' : 'utf-8');
  return {
    encoding,
    isDoubtful: encoding !== 'utf-8' || seen.strays > 0,
    digest: hash.digest('hex'),
    bytes,
  };
}

function utf16Of(start: Buffer): Encoding | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const nuls = [0, 0];
  const pairs = Math.floor(Math.min(start.length, LOOKED_AT) / 2);
  for (let i = 0; i < pairs * 2; i++) if (start[i] === 0) nuls[i % 2]!++;
  // The separators of a header alone make more than that.
  const [even, odd] = nuls as [number, number];
  if (odd > pairs / 10 && even < odd / 10) return 'utf-16le';
  if (even > pairs / 10 && odd < even / 10) return 'utf-16be';
  return undefined;
}
