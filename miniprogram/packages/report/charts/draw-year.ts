import type { Brush } from '../../../services/picture';
import type { Sheet } from './chart';

/** Heights of the twelve volumes, one leaning at the end. */
const VOLUMES = [0.72, 0.84, 0.84, 0.62, 0.9, 0.76, 1, 1, 0.68, 0.8, 0.88];
const BANDS = [1, 2, 2, 0, 1, 3, 2, 2, 1, 0, 1];

/** Twelve volumes on a shelf, drawn in lines. */
export function drawYear(brush: Brush, { width, height }: Pick<Sheet, 'width' | 'height'>): void {
  const step = width / 15;
  const base = height - 4;
  const room = height - 16;
  const left = step;
  for (const [at, part] of VOLUMES.entries()) {
    const [x, high] = [left + at * step, room * part];
    const wide = step * 0.84;
    brush.strokeRect(x, base - high, wide, high);
    for (let band = 0; band < (BANDS[at] ?? 0); band++) {
      const y = base - high + 12 + band * 7;
      line(brush, x, y, x + wide, y);
    }
    if (at % 4 === 2) brush.fillRect(x, base - high * 0.42, wide, high * 0.16);
  }
  const x = left + VOLUMES.length * step + step * 0.3;
  brush.save();
  brush.translate(x, base);
  brush.rotate(0.2);
  brush.strokeRect(0, -room * 0.8, step * 0.84, room * 0.8);
  brush.fillRect(0, -room * 0.5, step * 0.84, room * 0.1);
  brush.restore();
  brush.lineWidth = 3;
  line(brush, 0, base + 1.5, width, base + 1.5);
}

function line(brush: Brush, fromX: number, fromY: number, toX: number, toY: number): void {
  brush.beginPath();
  brush.moveTo(fromX, fromY);
  brush.lineTo(toX, toY);
  brush.stroke();
}
