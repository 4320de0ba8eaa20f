import { crc32 } from 'node:zlib';
import { open, type FileHandle } from 'node:fs/promises';

/** One line of a journal or snapshot: eight hexadecimal digits of CRC-32, a blank, JSON, a line feed. */
export function formatLine(json: string): string {
  return `${checksum(Buffer.from(json))} ${json}\n`;
}

const checksum = (bytes: Buffer): string => crc32(bytes).toString(16).padStart(8, '0');

const LINE_FEED = 10;
const CHUNK_BYTES = 4 * 1024 * 1024;

export type Line =
  | { ok: true; json: string; end: number }
  /** A line whose checksum is wrong, or the rest of the file if it does not end with a line feed. */
  | { ok: false; start: number };

function checkLine(bytes: Buffer, start: number): Line {
  const body = bytes.subarray(9);
  const good = bytes.length > 9 && bytes[8] === 0x20 && bytes.toString('latin1', 0, 8) === checksum(body);
  // JSON writes control characters as escapes, so a line feed only ever ends a line.
  return good
    ? { ok: true, json: body.toString('utf8'), end: start + bytes.length + 1 }
    : { ok: false, start };
}

async function* readChunks(file: FileHandle): AsyncGenerator<Buffer> {
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

/** Reads a file line by line, in pieces, so that its size is not limited by that of a string. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const file = await open(path, 'r');
  try {
    let rest: Buffer[] = [];
    let start = 0;
    for await (const chunk of readChunks(file)) {
      let from = 0;
      for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
        const bytes = Buffer.concat([...rest, chunk.subarray(from, at)]);
        yield checkLine(bytes, start);
        start += bytes.length + 1;
        rest = [];
        from = at + 1;
      }
      if (from < chunk.length) rest.push(chunk.subarray(from));
    }
    if (rest.length > 0) yield { ok: false, start };
  } finally {
    await file.close();
  }
}
