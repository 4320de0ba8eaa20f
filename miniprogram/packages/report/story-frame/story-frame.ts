import { isTap, swipeOf, type Touch } from '../../../lib/swipe';
import { colourBar, currentTheme, onKey, onTheme, screenSize } from '../../../services/phone';
import { settings } from '../../../services/settings';
import { NO_CARD } from '../cards/card-view';
import { coloursOf, wantsWhite } from '../palette';

/** Within this part of the screen's width, from the left, a tap goes back. */
const BACK_ZONE = 0.3;
/** From then on it is a long press, which marks text, ms. */
const LONG_MS = 350;

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
    /** When it came down, ms */
    _since: 0,
    /** It came down on a book, which it may open */
    _onBook: false,
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

    onTouchStart(event: WechatMiniprogram.TouchEvent) {
      this.data._touch = event.touches.length === 1 ? (event.touches[0] ?? null) : null;
      this.data._since = event.timeStamp;
    },

    /** A swipe turns anywhere; a tap where there is nothing else to be tapped, and not at the end. */
    onTouchEnd(event: WechatMiniprogram.TouchEvent) {
      const { _touch: from, _since: since, _onBook: onBook, atEnd } = this.data;
      const [to] = event.changedTouches;
      this.onTouchCancel();
      const way = swipeOf(from, to);
      if (way !== undefined) this.turn(way);
      else if (!atEnd && !onBook && isTap(from, to) && event.timeStamp - since < LONG_MS)
        this.turn((to?.clientX ?? 0) < screenSize().windowWidth * BACK_ZONE ? 'previous' : 'next');
    },

    onTouchCancel() {
      this.data._touch = null;
      this.data._onBook = false;
    },

    /** Comes before `onTouchStart`, from within. */
    onBookTouched() {
      this.data._onBook = true;
    },
  },
});
