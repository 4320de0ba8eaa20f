import type { Brush } from '../../../services/picture';
import { classColour, clothOf } from '../palette';
import type { Sheet } from './chart';
import { write } from './write';

const LABEL = 12;
const WIDEST = 54;
const GAP = 4;

/** A shelf: a spine for each class in its colour, as high as its loans, most first. */
export function drawSpines(
  brush: Brush,
  { width, height, ink, scale }: Sheet,
  classes: readonly { key: string; loans: number }[],
): void {
  const size = LABEL * scale;
  const most = Math.max(1, ...classes.map(({ loans }) => loans));
  const step = Math.min(WIDEST, width / Math.max(1, classes.length));
  const wide = step - Math.min(GAP, step * 0.15);
  const letter = Math.min(size * 1.3, wide * 0.75);
  const base = height - 8;
  // a spine has room for its letter
  const least = letter * 1.7;
  const room = base - size * 1.8 - least;
  const left = (width - step * classes.length) / 2;
  for (const [at, { key, loans }] of classes.entries()) {
    const cloth = clothOf(classColour(key));
    const high = least + (room * loans) / most;
    const [x, y] = [left + step * at + (step - wide) / 2, base - high];
    brush.fillStyle = cloth.ground;
    brush.fillRect(x, y, wide, high);
    brush.strokeStyle = ink;
    brush.lineWidth = 1;
    brush.strokeRect(x + 0.5, y + 0.5, wide - 1, high - 1);
    brush.fillStyle = cloth.ink;
    write(brush, key.toUpperCase(), x + wide / 2, base - letter, `600 ${letter}px`);
    if (high > letter * 5) rule(brush, cloth.ink, x, y + letter * 1.2, wide);
    brush.fillStyle = ink;
    const number = Math.min(size, wide * 0.6);
    write(brush, String(loans), x + wide / 2, y - size * 0.85, `400 ${number}px`);
  }
  brush.strokeStyle = ink;
  brush.lineWidth = 2;
  brush.beginPath();
  brush.moveTo(0, base + 1);
  brush.lineTo(width, base + 1);
  brush.stroke();
}

/** Two lines across the head of a spine, as bound books have. */
function rule(brush: Brush, colour: string, x: number, y: number, wide: number): void {
  brush.strokeStyle = colour;
  for (const at of [y, y + 4]) {
    brush.beginPath();
    brush.moveTo(x + 4, at);
    brush.lineTo(x + wide - 4, at);
    brush.stroke();
  }
}
