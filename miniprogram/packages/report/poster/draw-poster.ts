import { breakLines } from '../../../services/break-lines';
import type { Brush } from '../../../services/picture';
import { drawMotif } from '../charts/draw-motif';
import { drawYear } from '../charts/draw-year';
import { coloursOf } from '../palette';
import type { PosterWords } from './poster-words';

/** Of the drawing, in units of which the picture has SCALE dots each. */
export const WIDTH = 750;
export const HEIGHT = 1334;
export const SCALE = 2;

const EDGE = 72;
const MIDDLE = WIDTH / 2;
const ROOM = WIDTH - 2 * EDGE;
const SERIF = '"Songti SC", "Noto Serif SC", "Source Han Serif SC", STSong, Georgia, serif';
const MOTIF = 350;
const CODE = 168;
const PLATE = '#ffffff';

type Picture = Parameters<Brush['drawImage']>[0];

/** Draws a poster from the upper left corner on. @param code the mini-program code; undefined without one */
export function drawPoster(brush: Brush, words: PosterWords, code: Picture | undefined): void {
  const { ground, ink } = coloursOf(words.colour, 'light');
  brush.fillStyle = ground;
  brush.fillRect(0, 0, WIDTH, HEIGHT);
  brush.fillStyle = ink;
  brush.strokeStyle = ink;
  brush.textBaseline = 'alphabetic';
  drawHead(brush, words);
  drawMiddle(brush, words);
  drawCounts(brush, words.counts);
  drawFoot(brush, words, code);
}

function drawHead(brush: Brush, { year, heading }: PosterWords): void {
  brush.lineWidth = 3;
  brush.strokeRect(32, 32, WIDTH - 64, HEIGHT - 64);
  brush.lineWidth = 1;
  brush.strokeRect(42, 42, WIDTH - 84, HEIGHT - 84);
  brush.textAlign = 'left';
  brush.font = `600 46px ${SERIF}`;
  brush.fillText(year, EDGE + 8, 128, ROOM * 0.6);
  brush.textAlign = 'right';
  brush.font = `400 30px ${SERIF}`;
  brush.fillText(heading, WIDTH - EDGE - 8, 126, ROOM * 0.38);
  rule(brush, 156);
}

function drawMiddle(brush: Brush, { persona, name, line }: PosterWords): void {
  brush.save();
  if (persona === undefined) {
    brush.translate(EDGE + 60, 330);
    brush.lineWidth = 3;
    drawYear(brush, { width: ROOM - 120, height: 300 });
    brush.restore();
    return;
  }
  drawMotif(brush, persona, { x: MIDDLE - MOTIF / 2, y: 198, size: MOTIF });
  brush.restore();
  brush.textAlign = 'center';
  brush.font = `600 76px ${SERIF}`;
  brush.fillText(name, MIDDLE, 652, ROOM);
  const font = `400 29px ${SERIF}`;
  for (const [at, text] of breakLines(brush, line, font, ROOM - 40)
    .slice(0, 2)
    .entries())
    brush.fillText(text, MIDDLE, 708 + at * 42, ROOM);
}

/** Side by side, four of them in two rows. */
function drawCounts(brush: Brush, counts: PosterWords['counts']): void {
  const columns = counts.length === 4 ? 2 : Math.max(1, counts.length);
  const rows = Math.ceil(counts.length / columns);
  const step = ROOM / columns;
  const top = rows === 1 ? 892 : 846;
  brush.textAlign = 'center';
  for (const [at, { number, unit }] of counts.entries()) {
    const x = EDGE + step * ((at % columns) + 0.5);
    const y = top + Math.floor(at / columns) * 128;
    brush.font = `600 64px ${SERIF}`;
    brush.fillText(number, x, y, step - 12);
    brush.font = '400 24px sans-serif';
    brush.fillText(unit, x, y + 36, step - 12);
  }
}

function drawFoot(brush: Brush, { since, foot, codeHint }: PosterWords, code: Picture | undefined): void {
  const top = HEIGHT - 72 - CODE - 12;
  if (code === undefined) {
    rule(brush, HEIGHT - 150);
    brush.textAlign = 'center';
    brush.font = `400 26px ${SERIF}`;
    brush.fillText(foot, MIDDLE, HEIGHT - 98, ROOM);
    if (since !== '') small(brush, since, HEIGHT - 170);
    return;
  }
  if (since !== '') small(brush, since, top - 18);
  const ink = brush.fillStyle;
  brush.fillStyle = PLATE;
  brush.fillRect(EDGE + 8, top, CODE + 16, CODE + 16);
  brush.drawImage(code, EDGE + 16, top + 8, CODE, CODE);
  brush.fillStyle = ink;
  brush.textAlign = 'left';
  const left = EDGE + CODE + 52;
  const font = `600 30px ${SERIF}`;
  const lines = breakLines(brush, codeHint, font, WIDTH - EDGE - left).slice(0, 2);
  for (const [at, text] of lines.entries()) brush.fillText(text, left, top + 62 + at * 42);
  brush.font = `400 25px ${SERIF}`;
  brush.fillText(foot, left, top + 160, WIDTH - EDGE - left);
}

function small(brush: Brush, text: string, y: number): void {
  brush.textAlign = 'center';
  brush.font = '400 21px sans-serif';
  brush.fillText(text, MIDDLE, y, ROOM);
}

function rule(brush: Brush, y: number): void {
  brush.lineWidth = 1.5;
  brush.beginPath();
  brush.moveTo(EDGE + 8, y);
  brush.lineTo(WIDTH - EDGE - 8, y);
  brush.stroke();
}
