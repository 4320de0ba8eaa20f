import type { Brush } from '../../../services/picture';
import type { Chart, Sheet } from './chart';
import { drawBars } from './draw-bars';
import { write } from './write';

const HOURS = 24;
const LABEL = 11;
/** Of the sheet's height that the dial takes; the week has the rest. */
const DIAL = 0.68;

/** A dial of 24 hours, midnight above, with a ray for each hour as long as its loans; below it the week. */
export function drawClock(
  brush: Brush,
  sheet: Sheet,
  { hours, weekdays, labels }: Extract<Chart, { kind: 'clock' }>,
): void {
  const { width, height, scale } = sheet;
  const size = LABEL * scale;
  const outer = Math.min(width, height * DIAL) / 2 - 2;
  const [x, y] = [width / 2, outer + 2];
  const rim = outer - size * 1.7;
  const hub = rim * 0.26;
  const most = Math.max(1, ...hours);

  brush.lineWidth = 1;
  brush.beginPath();
  brush.arc(x, y, rim + 1, 0, 2 * Math.PI);
  brush.stroke();
  brush.lineCap = 'round';
  for (const [hour, loans] of hours.entries()) {
    const [right, down] = direction(hour);
    const reach = loans === 0 ? hub : hub + ((rim - hub) * loans) / most;
    brush.lineWidth = loans === 0 ? 1.5 : loans === most ? Math.max(6, rim * 0.085) : 3;
    brush.beginPath();
    // an hour without loans is a dot on the hub
    brush.moveTo(x + right * hub, y + down * hub);
    brush.lineTo(x + right * (reach + 0.5), y + down * (reach + 0.5));
    brush.stroke();
    if (hour % 6 === 0)
      write(brush, String(hour), x + right * (rim + size), y + down * (rim + size), `400 ${size}px`);
  }
  brush.lineCap = 'butt';
  brush.lineWidth = 1.5;
  drawBars(brush, { ...sheet, top: outer * 2 + size }, weekdays, labels);
}

/** To where the middle of an hour lies on the dial. */
function direction(hour: number): [right: number, down: number] {
  const angle = (hour / HOURS) * 2 * Math.PI;
  return [Math.sin(angle), -Math.cos(angle)];
}
