import type { Brush } from '../../../services/picture';
import type { Chart, Sheet } from './chart';
import { drawBars } from './draw-bars';
import { drawClock } from './draw-clock';
import { drawDots, drawRings, drawSquares, drawStreak } from './draw-counts';
import { drawMotif } from './draw-motif';
import { drawSpines } from './draw-spines';
import { drawVolumes, drawYear } from './draw-year';

/** Draws a chart from the upper left corner on. */
export function drawChart(brush: Brush, sheet: Sheet, chart: Chart): void {
  const { width, height, ink } = sheet;
  brush.strokeStyle = ink;
  brush.fillStyle = ink;
  brush.lineWidth = 1.5;
  switch (chart.kind) {
    case 'months':
      return drawBars(brush, { ...sheet, top: 0 }, chart.values, chart.labels);
    case 'clock':
      return drawClock(brush, sheet, chart);
    case 'spines':
      return drawSpines(brush, sheet, chart.classes);
    case 'squares':
      return drawSquares(brush, sheet, chart);
    case 'dots':
      return drawDots(brush, sheet, chart.filled);
    case 'streak':
      return drawStreak(brush, sheet, chart.weeks);
    case 'rings':
      return drawRings(brush, sheet, chart.count);
    case 'volumes':
      return drawVolumes(brush, sheet, chart.count);
    case 'year':
      return drawYear(brush, sheet);
    case 'motif': {
      const size = Math.min(width, height);
      return drawMotif(brush, chart.persona, { x: (width - size) / 2, y: (height - size) / 2, size });
    }
  }
}
