import { screenSize } from '../../../services/phone';
import { findPlacedCanvas, type Brush } from '../../../services/picture';
import { shapeOf, type Chart } from '../charts/chart';
import { drawChart } from '../charts/draw-chart';

/** Room at the sides of a card, in parts of the screen's width (of 750). */
const SIDES = 112;
const LARGE = 1.3;

/** A drawing as wide as the card. What it shows is said in `label`; without a canvas there is nothing else. */
Component({
  properties: {
    chart: { type: Object, value: { kind: 'rings', count: 0 } satisfies Chart as Chart },
    ink: { type: String, value: '' },
    label: String,
    /** Of the card's width that is its own */
    part: { type: Number, value: 1 },
    large: Boolean,
  },
  data: { height: 0 },
  observers: {
    'chart, ink, large'() {
      void this.draw();
    },
  },
  lifetimes: {
    ready() {
      void this.draw();
    },
  },
  methods: {
    async draw() {
      const { chart, ink, large, part } = this.data;
      if (ink === '') return;
      const { windowWidth, pixelRatio } = screenSize();
      const room = windowWidth * (1 - SIDES / 750) * part;
      const height = Math.round(room * shapeOf(chart.kind));
      if (height !== this.data.height) this.setData({ height });
      const place = await findPlacedCanvas(this, '.canvas');
      if (place === undefined || place.width === 0) return;
      const { canvas, width } = place;
      canvas.width = width * pixelRatio;
      canvas.height = height * pixelRatio;
      const brush = canvas.getContext('2d') as Brush;
      brush.scale(pixelRatio, pixelRatio);
      drawChart(brush, { width, height, ink, scale: large ? LARGE : 1 }, chart);
    },
  },
});
