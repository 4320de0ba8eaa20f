import type { Brush } from '../../../services/picture';
import type { Sheet } from './chart';

type Size = Pick<Sheet, 'width' | 'height'>;

/** Heights of volumes that stand, and the lines on their spines; more are not drawn. */
const VOLUMES = [0.72, 0.84, 0.84, 0.62, 0.9, 0.76, 1, 1, 0.68, 0.8, 0.88];
const BANDS = [1, 2, 2, 0, 1, 3, 2, 2, 1, 0, 1];
/** Of the sheet's width: a volume and the air beside it. */
const STEPS = 15;

/** Twelve volumes on a shelf, drawn in lines, the last one leaning. */
export function drawYear(brush: Brush, size: Size): void {
  const step = size.width / STEPS;
  const { base, room } = shelfOf(size);
  drawStanding(brush, size, VOLUMES.length);
  brush.save();
  brush.translate(step * (VOLUMES.length + 1.3), base);
  brush.rotate(0.2);
  brush.strokeRect(0, -room * 0.8, step * 0.84, room * 0.8);
  brush.fillRect(0, -room * 0.5, step * 0.84, room * 0.1);
  brush.restore();
}

/** As many volumes on a shelf as there are titles, as far as it holds them. */
export function drawVolumes(brush: Brush, size: Size, count: number): void {
  drawStanding(brush, size, Math.min(count, VOLUMES.length));
}

function drawStanding(brush: Brush, size: Size, count: number): void {
  const { width } = size;
  const step = width / STEPS;
  const { base, room } = shelfOf(size);
  for (const [at, part] of VOLUMES.slice(0, count).entries()) {
    const [x, high] = [step * (at + 1), room * part];
    const wide = step * 0.84;
    brush.strokeRect(x, base - high, wide, high);
    for (let band = 0; band < (BANDS[at] ?? 0); band++) {
      const y = base - high + 12 + band * 7;
      line(brush, x, y, x + wide, y);
    }
    if (at % 4 === 2) brush.fillRect(x, base - high * 0.42, wide, high * 0.16);
  }
  const { lineWidth } = brush;
  brush.lineWidth = lineWidth * 2;
  line(brush, 0, base + lineWidth, width, base + lineWidth);
  brush.lineWidth = lineWidth;
}

const shelfOf = ({ height }: Size): { base: number; room: number } => ({
  base: height - 4,
  room: height - 16,
});

function line(brush: Brush, fromX: number, fromY: number, toX: number, toY: number): void {
  brush.beginPath();
  brush.moveTo(fromX, fromY);
  brush.lineTo(toX, toY);
  brush.stroke();
}
