import { code128, code39 } from './line-codes';
import { qrCode } from './qr-code';

/** A barcode as one path on a field of modules, quiet zones included. */
export interface CardSymbol {
  width: number;
  height: number;
  /** SVG path, dark on light */
  path: string;
}

const LINE_QUIET = 10;
const LINE_HEIGHT = 60;
const QR_QUIET = 4;

/** `undefined` when this kind of barcode cannot say the number. */
export function cardSymbol(text: string, symbology: 'code39' | 'code128' | 'qr'): CardSymbol | undefined {
  if (symbology === 'qr') return squares(qrCode(text));
  return lines(symbology === 'code39' ? code39(text) : code128(text));
}

function lines(bars: number[] | undefined): CardSymbol | undefined {
  if (bars === undefined) return undefined;
  let x = LINE_QUIET;
  let path = '';
  bars.forEach((width, at) => {
    if (at % 2 === 0) path += rectangle(x, 0, width, LINE_HEIGHT);
    x += width;
  });
  return { width: x + LINE_QUIET, height: LINE_HEIGHT, path };
}

function squares(rows: boolean[][] | undefined): CardSymbol | undefined {
  if (rows === undefined) return undefined;
  let path = '';
  rows.forEach((row, y) => {
    const line = row.map((dark) => (dark ? '1' : '0')).join('');
    for (const run of line.matchAll(/1+/g))
      path += rectangle(run.index + QR_QUIET, y + QR_QUIET, run[0].length, 1);
  });
  const size = rows.length + 2 * QR_QUIET;
  return { width: size, height: size, path };
}

const rectangle = (x: number, y: number, width: number, height: number): string =>
  `M${x} ${y}h${width}v${height}h-${width}z`;

/** The same as the address of a picture that needs no network. */
export function symbolImage({ width, height, path }: CardSymbol): string {
  const svg =
    `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${width} ${height}' preserveAspectRatio='none' ` +
    `shape-rendering='crispEdges'><rect width='${width}' height='${height}' fill='#fff'/><path d='${path}'/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** How wide to draw it, in dots of the screen, so that every module is the same whole number of them. */
export function symbolWidth({ width }: CardSymbol, room: number): number {
  const whole = Math.floor(room / width);
  return whole >= 1 ? whole * width : room;
}
