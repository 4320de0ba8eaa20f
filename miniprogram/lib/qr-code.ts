/**
 * QR codes of versions 1 to 6 with error correction M: up to 106 bytes of UTF-8, which a card number
 * never fills. After ISO/IEC 18004:2015; the section is named at each step.
 */

/** Codewords of error correction in each block, and data codewords in each of the blocks (table 9). */
const BLOCKS: Record<number, { ecc: number; blocks: number; data: number }> = {
  1: { ecc: 10, blocks: 1, data: 16 },
  2: { ecc: 16, blocks: 1, data: 28 },
  3: { ecc: 26, blocks: 1, data: 44 },
  4: { ecc: 18, blocks: 2, data: 32 },
  5: { ecc: 24, blocks: 2, data: 43 },
  6: { ecc: 16, blocks: 4, data: 27 },
};

type Grid = (boolean | undefined)[][];

/** Rows of modules, dark is true, without the quiet zone; `undefined` for more than fits. */
export function qrCode(text: string): boolean[][] | undefined {
  const bytes = utf8(text);
  const version = [1, 2, 3, 4, 5, 6].find((v) => bytes.length + 2 <= capacity(v));
  if (version === undefined) return undefined;
  const bits = codewords(bytes, version).flatMap((word) => bitsOf(word, 8));
  const size = 17 + 4 * version;
  const grids = [0, 1, 2, 3, 4, 5, 6, 7].map((mask) => drawn(size, version, bits, mask));
  return grids.sort((a, b) => penalty(a) - penalty(b))[0];
}

const capacity = (version: number): number => {
  const { blocks = 0, data = 0 } = BLOCKS[version] ?? {};
  return blocks * data;
};

function utf8(text: string): number[] {
  return [...encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|(.)/g)].map(([, hex, char = '']) =>
    hex === undefined ? char.charCodeAt(0) : Number.parseInt(hex, 16),
  );
}

const bitsOf = (value: number, length: number): number[] =>
  Array.from({ length }, (_, at) => (value >> (length - 1 - at)) & 1);

/** Byte mode, padded (7.4.5, 7.4.10), split into blocks and woven with their error correction (7.6). */
function codewords(bytes: number[], version: number): number[] {
  const { ecc, blocks, data } = BLOCKS[version] as { ecc: number; blocks: number; data: number };
  const room = blocks * data * 8;
  const bits: number[] = [
    ...bitsOf(4, 4),
    ...bitsOf(bytes.length, 8),
    ...bytes.flatMap((byte) => bitsOf(byte, 8)),
  ];
  while (bits.length % 8 !== 0 || (bits.length < room && bits.length < 4 + 12 + bytes.length * 8))
    bits.push(0);
  const words: number[] = [];
  for (let at = 0; at < bits.length; at += 8)
    words.push(bits.slice(at, at + 8).reduce<number>((word, bit) => word * 2 + bit, 0));
  for (let pad = 0xec; words.length < blocks * data; pad ^= 0xec ^ 0x11) words.push(pad);
  const parts = Array.from({ length: blocks }, (_, at) => words.slice(at * data, (at + 1) * data));
  const checks = parts.map((part) => remainder(part, ecc));
  return [...woven(parts), ...woven(checks)];
}

const woven = (parts: number[][]): number[] =>
  (parts[0] ?? []).flatMap((_, at) => parts.map((part) => part[at] as number));

/** Multiplication in GF(256) modulo x⁸+x⁴+x³+x²+1 (7.5.2). */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

/** Reed–Solomon check words of one block. */
function remainder(data: number[], length: number): number[] {
  const divisor = Array.from({ length }, (_, at): number => (at === length - 1 ? 1 : 0));
  for (let root = 1, step = 0; step < length; step += 1, root = times(root, 2))
    for (let at = 0; at < length; at += 1)
      divisor[at] = times(divisor[at] as number, root) ^ (divisor[at + 1] ?? 0);
  const rest = new Array<number>(length).fill(0);
  for (const word of data) {
    const factor = word ^ (rest.shift() as number);
    rest.push(0);
    divisor.forEach((value, at) => (rest[at] = (rest[at] as number) ^ times(value, factor)));
  }
  return rest;
}

function drawn(size: number, version: number, bits: number[], mask: number): boolean[][] {
  const grid: Grid = Array.from({ length: size }, () => new Array<boolean | undefined>(size).fill(undefined));
  drawPatterns(grid, version);
  drawFormat(grid, mask);
  drawData(grid, bits, MASKS[mask] as Mask);
  return grid as boolean[][];
}

/** Finders with their separators, timing, the alignment pattern of versions 2 to 6 (6.3). */
function drawPatterns(grid: Grid, version: number): void {
  const size = grid.length;
  const set = (x: number, y: number, dark: boolean): void => {
    if (grid[y] !== undefined && x >= 0 && x < size) grid[y][x] = dark;
  };
  for (let at = 0; at < size; at += 1) {
    set(at, 6, at % 2 === 0);
    set(6, at, at % 2 === 0);
  }
  const ring = (cx: number, cy: number, reach: number, light: number[]): void => {
    for (let dy = -reach; dy <= reach; dy += 1)
      for (let dx = -reach; dx <= reach; dx += 1)
        set(cx + dx, cy + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
  };
  ring(3, 3, 4, [2, 4]);
  ring(size - 4, 3, 4, [2, 4]);
  ring(3, size - 4, 4, [2, 4]);
  if (version > 1) ring(size - 7, size - 7, 2, [1]);
}

/** Level M and the mask, with their BCH check bits, twice (7.9). */
function drawFormat(grid: Grid, mask: number): void {
  const size = grid.length;
  let rest = mask;
  for (let step = 0; step < 10; step += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const format = ((mask << 10) | rest) ^ 0x5412;
  const dark = (bit: number): boolean => ((format >> bit) & 1) === 1;
  const put = (x: number, y: number, bit: number): void => {
    (grid[y] as boolean[])[x] = dark(bit);
  };
  for (let bit = 0; bit < 6; bit += 1) put(8, bit, bit);
  put(8, 7, 6);
  put(8, 8, 7);
  put(7, 8, 8);
  for (let bit = 9; bit < 15; bit += 1) put(14 - bit, 8, bit);
  for (let bit = 0; bit < 8; bit += 1) put(size - 1 - bit, 8, bit);
  for (let bit = 8; bit < 15; bit += 1) put(8, size - 15 + bit, bit);
  (grid[size - 8] as boolean[])[8] = true;
}

type Mask = (x: number, y: number) => boolean;
/** Table 10. */
const MASKS: readonly Mask[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Upwards and downwards in pairs of columns from the right, around what is drawn already (7.7.3). */
function drawData(grid: Grid, bits: number[], masked: Mask): void {
  const size = grid.length;
  let next = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const up = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const y = up ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = grid[y] as Grid[number];
        if (row[x] !== undefined) continue;
        row[x] = (bits[next] === 1) !== masked(x, y);
        next += 1;
      }
    }
  }
}

/** How hard a pattern is to read: long runs, blocks, false finders, uneven darkness (7.8.3). */
function penalty(rows: boolean[][]): number {
  const columns = rows.map((_, x) => rows.map((row) => row[x] as boolean));
  const lines = [...rows, ...columns].map((line) => line.map((dark) => (dark ? '1' : '0')).join(''));
  let total = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) total += run.length - 2;
    for (const finder of ['00001011101', '10111010000'])
      for (let at = line.indexOf(finder); at >= 0; at = line.indexOf(finder, at + 1)) total += 40;
  }
  rows.slice(1).forEach((row, y) => {
    for (let x = 1; x < row.length; x += 1) {
      const four = [row[x], row[x - 1], rows[y]?.[x], rows[y]?.[x - 1]];
      if (four.every((dark) => dark === row[x])) total += 3;
    }
  });
  const dark = rows.flat().filter(Boolean).length / rows.length ** 2;
  return total + Math.floor(Math.abs(dark - 0.5) * 20) * 10;
}
