import { swipeOf, type Touch } from '../../../lib/swipe';
import { colourBar, currentTheme, onKey, onTheme, screenSize } from '../../../services/phone';
import { settings } from '../../../services/settings';
import { NO_CARD } from '../cards/card-view';
import { coloursOf, wantsWhite } from '../palette';

/** Within this part of the screen's width, from the left, a tap goes back. */
const BACK_ZONE = 0.3;

const stops = new WeakMap<object, (() => void)[]>();

/**
 * The frame of a story: how far one is, one card, and how to go on: by swipe, by a tap at the sides, by the keys
 * of a computer, by buttons. The page says which card is next when it hears `next`, `previous` or `skip`; what
 * it puts inside stands in the place of the last card.
 */
Component({
  properties: {
    card: { type: Object, value: NO_CARD },
    /** Place of the card among `of`, from 0 */
    at: Number,
    of: { type: Number, value: 1 },
    /** Where one is, in words */
    place: String,
    /** What stands inside is shown, not the card */
    atEnd: Boolean,
    links: { type: Boolean, value: true },
    /** Whether the card can tell how it was computed, and be hidden */
    hasHow: Boolean,
    canHide: Boolean,
    words: {
      type: Object,
      value: { next: '', previous: '', skip: '', how: '', howLabel: '', hide: '', hideLabel: '' },
    },
    textSize: String,
  },
  data: {
    ground: '',
    ink: '',
    way: 'next' as 'next' | 'previous',
    calm: false,
    _touch: null as Touch | null,
  },
  options: { pureDataPattern: /^_/ },
  observers: {
    'card, atEnd'() {
      this.colour();
    },
  },
  lifetimes: {
    // it comes when the report is there: the page was shown before
    attached() {
      this.start();
    },
    detached() {
      this.stop();
    },
  },
  pageLifetimes: {
    show() {
      this.start();
    },
    hide() {
      this.stop();
    },
  },
  methods: {
    start() {
      this.stop();
      this.setData({ calm: settings().lessMotion });
      this.colour();
      stops.set(this, [
        onTheme(() => this.colour()),
        onKey((key) => {
          if (key === 'ArrowRight') this.turn('next');
          else if (key === 'ArrowLeft') this.turn('previous');
          else if (key === 'End') this.onSkip();
        }),
      ]);
    },

    stop() {
      for (const stop of stops.get(this) ?? []) stop();
      stops.delete(this);
    },

    colour() {
      const { card, atEnd, ground: before } = this.data;
      const { ground, ink } = coloursOf(atEnd ? 'paper' : card.colour, currentTheme());
      if (ground === before && ink === this.data.ink) return;
      this.setData({ ground, ink });
      colourBar(ground, wantsWhite(ink));
    },

    turn(way: 'next' | 'previous') {
      const { at, of } = this.data;
      if (way === 'next' ? at >= of - 1 : at <= 0) return;
      this.setData({ way });
      this.triggerEvent(way);
    },

    onNext() {
      this.turn('next');
    },

    onPrevious() {
      this.turn('previous');
    },

    onSkip() {
      if (!this.data.atEnd) this.triggerEvent('skip');
    },

    onHow() {
      this.triggerEvent('how');
    },

    onHide() {
      this.triggerEvent('hide');
    },

    onStage(event: WechatMiniprogram.CustomEvent<{ x?: number }>) {
      if (this.data.atEnd) return;
      const { x = Infinity } = event.detail;
      this.turn(x < screenSize().windowWidth * BACK_ZONE ? 'previous' : 'next');
    },

    onTouchStart(event: WechatMiniprogram.TouchEvent) {
      this.data._touch = event.touches.length === 1 ? (event.touches[0] ?? null) : null;
    },

    onTouchEnd(event: WechatMiniprogram.TouchEvent) {
      const way = swipeOf(this.data._touch, event.changedTouches[0]);
      this.data._touch = null;
      if (way !== undefined) this.turn(way);
    },
  },
});
