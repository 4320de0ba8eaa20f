import type { Brush } from '../../../services/picture';
import type { Sheet } from './chart';
import { write } from './write';

/** Of a slot that a bar fills. */
const FILLS = 0.58;
const LABEL = 11;

/**
 * Bars from `top` to the bottom of the sheet: hollow, the highest ones solid with their number above; no
 * loans are a short line. Nothing is told by colour.
 */
export function drawBars(
  brush: Brush,
  { width, height, top, scale }: Sheet & { top: number },
  values: readonly number[],
  labels: readonly string[],
): void {
  const most = Math.max(1, ...values);
  const size = LABEL * scale;
  const slot = width / values.length;
  const bar = Math.min(slot * FILLS, 28);
  const base = height - size * 1.9;
  const room = base - top - size * 1.8;
  for (const [at, value] of values.entries()) {
    const middle = slot * (at + 0.5);
    const high = (room * value) / most;
    const [x, y] = [middle - bar / 2, base - high];
    if (value === most) {
      brush.fillRect(x, y, bar, high);
      write(brush, String(value), middle, y - size * 0.85, `600 ${size * 1.15}px`);
    } else if (value > 0) brush.strokeRect(x + 0.75, y + 0.75, bar - 1.5, Math.max(high - 0.75, 1));
    write(brush, labels[at] ?? '', middle, base + size * 1.05, `400 ${size}px`);
  }
  brush.beginPath();
  brush.moveTo(0, base);
  brush.lineTo(width, base);
  brush.stroke();
}
