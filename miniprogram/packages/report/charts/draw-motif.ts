import type { Persona } from '../../../../contracts/report/cards';
import type { Brush } from '../../../services/picture';
import { MOTIFS } from './motifs';

const FIELD = 100;
const STROKE = 2.2;

/** Where an emblem goes, and how large. */
interface Place {
  x: number;
  y: number;
  size: number;
}

/** Draws a persona's emblem in the colours of the brush. */
export function drawMotif(brush: Brush, persona: Persona, { x, y, size }: Place): void {
  const { strokes, fills } = MOTIFS[persona];
  brush.save();
  brush.translate(x, y);
  brush.scale(size / FIELD, size / FIELD);
  brush.lineWidth = STROKE;
  brush.lineCap = 'round';
  brush.lineJoin = 'round';
  for (const path of strokes) {
    trace(brush, path);
    brush.stroke();
  }
  for (const path of fills) {
    trace(brush, path);
    brush.fill();
  }
  brush.restore();
}

function trace(brush: Brush, path: string): void {
  brush.beginPath();
  for (const [, command, numbers] of path.matchAll(/([MLCQZO])([^MLCQZO]*)/g)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = (numbers ?? '').trim().split(/\s+/).map(Number);
    if (command === 'M') brush.moveTo(a, b);
    else if (command === 'L') brush.lineTo(a, b);
    else if (command === 'Q') brush.quadraticCurveTo(a, b, c, d);
    else if (command === 'C') brush.bezierCurveTo(a, b, c, d, e, f);
    else if (command === 'Z') brush.closePath();
    else {
      brush.moveTo(a + c, b);
      brush.arc(a, b, c, 0, 2 * Math.PI);
    }
  }
}
