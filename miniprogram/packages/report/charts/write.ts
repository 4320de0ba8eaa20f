import type { Brush } from '../../../services/picture';

/** A word of a drawing around a place. @param font weight and size */
export function write(brush: Brush, text: string, x: number, y: number, font: string): void {
  brush.font = `${font} sans-serif`;
  brush.textAlign = 'center';
  brush.textBaseline = 'middle';
  brush.fillText(text, x, y);
}
