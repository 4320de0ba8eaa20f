import type { Brush } from '../../../services/picture';
import type { Sheet } from './chart';

const TURN = 2 * Math.PI;
/** More squares than this are a bar. */
const MOST_SQUARES = 120;
const MOST_RINGS = 9;

/** Filled squares first, then hollow ones; very many become one bar, filled as far. */
export function drawSquares(
  brush: Brush,
  { width, height }: Sheet,
  { of, filled }: { of: number; filled: number },
): void {
  if (of > MOST_SQUARES) {
    const y = height / 2 - 14;
    brush.strokeRect(1, y, width - 2, 28);
    brush.fillRect(1, y, ((width - 2) * filled) / of, 28);
    return;
  }
  const columns = Math.max(5, Math.ceil(Math.sqrt((of * width) / height)));
  const step = Math.min(width / columns, height / Math.ceil(of / columns), 44);
  const side = step * 0.72;
  for (let at = 0; at < of; at++) {
    const [x, y] = [(at % columns) * step, Math.floor(at / columns) * step];
    if (at < filled) brush.fillRect(x, y, side, side);
    else brush.strokeRect(x + 0.75, y + 0.75, side - 1.5, side - 1.5);
  }
}

/** A hundred dots, ten to a row, filled from the lower left on: one sees how many are below. */
export function drawDots(brush: Brush, { width, height }: Sheet, filled: number): void {
  const step = Math.min(width, height) / 10;
  const left = (width - step * 10) / 2;
  for (let at = 0; at < 100; at++) {
    const [x, y] = [left + ((at % 10) + 0.5) * step, height - (Math.floor(at / 10) + 0.5) * step];
    brush.beginPath();
    brush.arc(x, y, step * 0.32, 0, TURN);
    if (at < filled) brush.fill();
    else brush.stroke();
  }
}

/** A bead for each week on a string, in rows. */
export function drawStreak(brush: Brush, { width, height }: Sheet, weeks: number): void {
  const rows = weeks > 18 ? 3 : weeks > 9 ? 2 : 1;
  const columns = Math.ceil(weeks / rows);
  const step = Math.min(width / columns, height / rows, 40);
  for (let at = 0; at < weeks; at++) {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    const [x, y] = [(column + 0.5) * step, (row + 0.5) * step];
    if (column > 0) {
      brush.beginPath();
      brush.moveTo(x - step * 0.68, y);
      brush.lineTo(x - step * 0.32, y);
      brush.stroke();
    }
    brush.beginPath();
    brush.arc(x, y, step * 0.32, 0, TURN);
    brush.fill();
  }
}

/** A ring around a ring for each time. */
export function drawRings(brush: Brush, { width, height }: Sheet, count: number): void {
  const rings = Math.min(count, MOST_RINGS);
  const outer = Math.min(width, height) / 2 - 2;
  for (let at = 0; at < rings; at++) {
    brush.beginPath();
    brush.arc(width / 2, height / 2, (outer * (at + 1)) / rings, 0.16 * at, TURN - 0.5 + 0.16 * at);
    brush.stroke();
  }
  brush.beginPath();
  brush.arc(width / 2, height / 2, 4, 0, TURN);
  brush.fill();
}
