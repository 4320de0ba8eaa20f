import { breakLines } from '../../../services/break-lines';
import type { Brush } from '../../../services/picture';
import { drawFrame, drawRosette, drawSeal } from './ornaments';

/** Of the drawing, in units of which the picture has SCALE dots each. */
export const WIDTH = 750;
export const HEIGHT = 1060;
export const SCALE = 2;

const PAPER = '#f7f4ec';
const INK = '#1f1d1a';
const SLATE = '#5e6266';
const SERIF = '"Songti SC", "Noto Serif SC", "Source Han Serif SC", STSong, Georgia, serif';
const MIDDLE = WIDTH / 2;
/** Room for the text between the frame's sides. */
const ROOM = WIDTH - 200;

/** What is written on a certificate, in the language of the page. */
export interface CertificateWords {
  library: string;
  heading: string;
  /** Empty where the library tells no name */
  name: string;
  statement: string;
  date: { label: string; value: string };
  mark: { label: string; value: string };
  code: { label: string; value: string };
  codeHint: string;
  seal: string;
}

/** Draws a certificate of WIDTH × HEIGHT units from the upper left corner on. */
export function drawCertificate(brush: Brush, words: CertificateWords): void {
  brush.fillStyle = PAPER;
  brush.fillRect(0, 0, WIDTH, HEIGHT);
  drawRosette(brush, MIDDLE, 500, 250);
  drawFrame(brush, WIDTH, HEIGHT);
  brush.textAlign = 'center';
  brush.textBaseline = 'middle';

  write(brush, words.library, MIDDLE, 150, `500 32px ${SERIF}`, SLATE);
  write(brush, words.heading, MIDDLE, 232, `600 52px ${SERIF}`, INK);
  rule(brush, 286);
  const withName = words.name !== '';
  if (withName) write(brush, words.name, MIDDLE, 366, `600 56px ${SERIF}`, INK);
  const lines = breakLines(brush, words.statement, `400 30px ${SERIF}`, ROOM);
  const top = withName ? 462 : 410;
  for (const [at, line] of lines.entries()) {
    write(brush, line, MIDDLE, top + at * 52, `400 30px ${SERIF}`, INK);
  }

  pair(brush, words.date, MIDDLE - 205, 668);
  pair(brush, words.mark, MIDDLE + 205, 668);
  write(brush, words.code.label, MIDDLE, 806, '400 22px sans-serif', SLATE);
  write(brush, words.code.value, MIDDLE, 848, '600 34px Menlo, Consolas, monospace', INK);
  const hint = breakLines(brush, words.codeHint, '400 20px sans-serif', ROOM);
  for (const [at, line] of hint.entries()) {
    write(brush, line, MIDDLE, 900 + at * 30, '400 20px sans-serif', SLATE);
  }
  drawSeal(brush, words.seal, MIDDLE, 690, SERIF);
}

function write(brush: Brush, text: string, x: number, y: number, font: string, colour: string): void {
  brush.font = font;
  brush.fillStyle = colour;
  brush.fillText(text, x, y, ROOM);
}

function rule(brush: Brush, y: number): void {
  brush.strokeStyle = SLATE;
  brush.lineWidth = 1;
  brush.beginPath();
  brush.moveTo(MIDDLE - 120, y);
  brush.lineTo(MIDDLE + 120, y);
  brush.stroke();
}

function pair(brush: Brush, { label, value }: { label: string; value: string }, x: number, y: number): void {
  write(brush, label, x, y, '400 22px sans-serif', SLATE);
  write(brush, value, x, y + 44, `600 28px ${SERIF}`, INK);
}
