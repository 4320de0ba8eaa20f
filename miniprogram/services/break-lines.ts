import type { Brush } from './picture';

/** Breaks a text into lines no wider than `room`: between words, and between any two Chinese characters. */
export function breakLines(
  brush: Pick<Brush, 'font' | 'measureText'>,
  text: string,
  font: string,
  room: number,
): string[] {
  brush.font = font;
  const pieces = text.match(
    /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]|[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]+\s*|\s+/g,
  );
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces ?? []) {
    const fits = brush.measureText((line + piece).trimEnd()).width <= room;
    // a line does not begin with what closes a sentence
    if (fits || line === '' || /^[，。；：、！？”）]/.test(piece)) line += piece;
    else {
      lines.push(line.trimEnd());
      line = piece;
    }
  }
  return line === '' ? lines : [...lines, line.trimEnd()];
}
