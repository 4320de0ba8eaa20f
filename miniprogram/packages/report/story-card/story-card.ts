import { openBook } from '../../../services/navigate';
import { NO_CARD, type CardView } from '../cards/card-view';
import { figureSize, type FigureSize } from './figure-size';

/** One card of a story, in the colours that stand around it. A tap on a book opens its page. */
Component({
  properties: {
    card: { type: Object, value: NO_CARD },
    /** Of what is written and drawn */
    ink: String,
    large: Boolean,
    /** Whether books can be opened from here */
    links: { type: Boolean, value: true },
  },
  data: { size: 'digits' as FigureSize },
  observers: {
    card({ figure, figureIsWords }: CardView) {
      this.setData({ size: figureSize(figure, figureIsWords) });
    },
  },
  methods: {
    /** Told before the touch is seen further out: a tap on a book turns no page. */
    onTouchBook(event: WechatMiniprogram.BaseEvent<object, { bibId: string }>) {
      if (this.data.links && event.currentTarget.dataset.bibId !== '') this.triggerEvent('booktouched');
    },

    onBook(event: WechatMiniprogram.BaseEvent<object, { bibId: string }>) {
      const { bibId } = event.currentTarget.dataset;
      if (this.data.links && bibId !== '') openBook(bibId);
    },
  },
});
