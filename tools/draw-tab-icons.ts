import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/** WeChat draws tab icons from PNG files only, at 81 × 81 pixels. */
const SIZE = 81;
/** The drawings below are on a field of 24 × 24. */
const FIELD = 24;
const STROKE = 1.5;
const OUT = path.resolve(__dirname, '../miniprogram/assets/tab');

type Point = [x: number, y: number];
type Line = Point[];

/** A shelf with three books, one of them leaning; an open book; and a reader. */
const DRAWINGS: Record<string, Line[]> = {
  home: [
    [
      [3, 20],
      [21, 20],
    ],
    [
      [4.5, 20],
      [4.5, 4.5],
      [8.5, 4.5],
      [8.5, 20],
    ],
    [
      [8.5, 7.5],
      [12.5, 7.5],
      [12.5, 20],
    ],
    [
      [15.3, 20],
      [13.6, 6.9],
      [17.4, 6.3],
      [19.3, 20],
    ],
  ],
  shelf: [
    [
      [12, 6.6],
      [9.6, 5.2],
      [6.6, 4.7],
      [3, 5],
      [3, 18.6],
      [6.6, 18.3],
      [9.6, 18.8],
      [12, 20.3],
      [14.4, 18.8],
      [17.4, 18.3],
      [21, 18.6],
      [21, 5],
      [17.4, 4.7],
      [14.4, 5.2],
      [12, 6.6],
      [12, 20.3],
    ],
  ],
  me: [
    circle(12, 8, 4),
    arc(12, 21.5, 8, Math.PI * 1.04, Math.PI * 1.96),
    [
      [4, 20.3],
      [20, 20.3],
    ],
  ],
};

const INKS: Record<string, string> = {
  light: '5e6266',
  'light-on': '1f1d1a',
  dark: 'a3a7aa',
  'dark-on': 'ece7db',
};

function circle(x: number, y: number, radius: number): Line {
  return arc(x, y, radius, 0, Math.PI * 2);
}

function arc(x: number, y: number, radius: number, from: number, to: number): Line {
  const steps = 48;
  return Array.from({ length: steps + 1 }, (_, i): Point => {
    const angle = from + ((to - from) * i) / steps;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** Draws every tab icon in every ink. */
async function drawTabIcons(): Promise<void> {
  await mkdir(OUT, { recursive: true });
  for (const [name, lines] of Object.entries(DRAWINGS))
    for (const [ink, colour] of Object.entries(INKS)) {
      const stroke = ink.endsWith('-on') ? STROKE + 0.5 : STROKE;
      await writeFile(path.join(OUT, `${name}-${ink}.png`), png(cover(lines, stroke), colour));
    }
}

/** Opacity of every pixel, 0 … 255. */
function cover(lines: Line[], stroke: number): Uint8Array {
  const scale = SIZE / FIELD;
  const alpha = new Uint8Array(SIZE * SIZE);
  for (let y = 0; y < SIZE; y++)
    for (let x = 0; x < SIZE; x++) {
      const pixels = distance([(x + 0.5) / scale, (y + 0.5) / scale], lines) * scale;
      alpha[y * SIZE + x] = Math.round(255 * clamp((stroke / 2) * scale - pixels + 0.5));
    }
  return alpha;
}

function distance(point: Point, lines: Line[]): number {
  let nearest = Infinity;
  for (const line of lines)
    for (let i = 1; i < line.length; i++)
      nearest = Math.min(nearest, toSegment(point, line[i - 1] as Point, line[i] as Point));
  return nearest;
}

function toSegment([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = clamp(((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy));
  return Math.hypot(px - ax - along * dx, py - ay - along * dy);
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** One ink with 8 bits of opacity: palette images with a transparency table (PNG specification, 11.3.2.1). */
function png(alpha: Uint8Array, colour: string): Buffer {
  const ink = Buffer.from(colour, 'hex');
  const palette = Buffer.concat(Array.from({ length: 256 }, () => ink));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Array.from({ length: SIZE }, (_, y) =>
    Buffer.concat([Buffer.of(0), alpha.subarray(y * SIZE, (y + 1) * SIZE)]),
  );
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('tRNS', Buffer.from(Uint8Array.from({ length: 256 }, (_, i) => i))),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

void drawTabIcons();
