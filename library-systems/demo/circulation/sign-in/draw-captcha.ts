import { crc32, deflateSync } from 'node:zlib';
import { randomInt } from 'node:crypto';

/** Five columns by seven rows for each digit, rows from the top, the leftmost column in the highest bit. */
const GLYPHS: readonly (readonly number[])[] = [
  [14, 17, 19, 21, 25, 17, 14],
  [4, 12, 4, 4, 4, 4, 14],
  [14, 17, 1, 2, 4, 8, 31],
  [31, 2, 4, 2, 1, 17, 14],
  [2, 6, 10, 18, 31, 2, 2],
  [31, 16, 30, 1, 1, 17, 14],
  [6, 8, 16, 30, 17, 17, 14],
  [31, 1, 2, 4, 8, 8, 8],
  [14, 17, 17, 14, 17, 17, 14],
  [14, 17, 17, 15, 1, 2, 12],
];
const WIDTH = 132;
const HEIGHT = 48;
const SCALE = 4;
const PAPER = 245;

/** A picture of some digits, a little crooked and dirty, as the data: URL of a PNG. */
export function drawCaptcha(digits: string): string {
  const pixels = Buffer.alloc(WIDTH * HEIGHT, PAPER);
  for (let i = 0; i < 250; i++) pixels[randomInt(pixels.length)] = randomInt(120, 220);
  [...digits].forEach((digit, i) => {
    drawDigit(
      pixels,
      GLYPHS[Number(digit)] ?? [],
      8 + i * 30 + randomInt(6),
      4 + randomInt(14),
      randomInt(-2, 3),
    );
  });
  return `data:image/png;base64,${encodePng(pixels).toString('base64')}`;
}

/** @param slant how many pixels the foot stands left of the head */
function drawDigit(pixels: Buffer, glyph: readonly number[], left: number, top: number, slant: number): void {
  const ink = randomInt(20, 90);
  for (let y = 0; y < glyph.length * SCALE; y++) {
    const row = glyph[Math.floor(y / SCALE)] ?? 0;
    const shift = Math.round((slant * y) / SCALE / 2);
    for (let x = 0; x < 5 * SCALE; x++) {
      if ((row >> (4 - Math.floor(x / SCALE))) & 1) pixels[(top + y) * WIDTH + left + x - shift] = ink;
    }
  }
}

/** An eight-bit greyscale PNG (PNG specification, third edition, sections 5 and 11.2). */
function encodePng(pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 0, 0, 0, 0], 8);
  // Each row begins with its filter type, none.
  const rows = Buffer.alloc((WIDTH + 1) * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) pixels.copy(rows, y * (WIDTH + 1) + 1, y * WIDTH, (y + 1) * WIDTH);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
