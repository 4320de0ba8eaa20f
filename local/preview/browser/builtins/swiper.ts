import type { Builtin } from './define';
import type { Host } from './host';

/** Slides in a scroller that snaps. A circular swiper runs back to its start instead of on and on. */
export const swiper: Builtin = {
  template: 'swiper',
  properties: {
    indicatorDots: Boolean,
    indicatorColor: { type: String, value: 'rgba(0, 0, 0, .3)' },
    indicatorActiveColor: { type: String, value: '#000000' },
    autoplay: Boolean,
    current: { type: Number, value: 0 },
    interval: { type: Number, value: 5000 },
    duration: { type: Number, value: 500 },
    circular: Boolean,
    vertical: Boolean,
    previousMargin: { type: String, value: '0px' },
    nextMargin: { type: String, value: '0px' },
    displayMultipleItems: { type: Number, value: 1 },
  },
  withoutEffect: ['snapToEdge', 'easingFunction', 'cacheExtent'],
  create(host) {
    host.element.setAttribute('role', 'group');
    host.element.setAttribute('aria-roledescription', 'carousel');
    const dots = document.createElement('div');
    dots.className = 'pv-dots';
    dots.setAttribute('aria-hidden', 'true');
    const view = new Slides(host, dots);
    host.watch(['vertical', 'previousMargin', 'nextMargin', 'displayMultipleItems'], () => {
      const { element } = host;
      element.toggleAttribute('data-vertical', host.on('vertical'));
      element.style.setProperty('--before', lengthOf(host.text('previousMargin')));
      element.style.setProperty('--after', lengthOf(host.text('nextMargin')));
      element.style.setProperty('--shown', String(host.number('displayMultipleItems') || 1));
    });
    host.watch(['current'], () => {
      view.goTo(host.number('current'));
    });
    host.watch(['indicatorDots', 'indicatorColor', 'indicatorActiveColor'], () => {
      view.drawDots();
    });
    let timer: ReturnType<typeof setInterval> | undefined;
    host.watch(['autoplay', 'interval'], () => {
      clearInterval(timer);
      if (host.on('autoplay'))
        timer = setInterval(() => {
          view.next();
        }, host.number('interval'));
    });
    host.onDetach(() => {
      clearInterval(timer);
      view.disconnect();
    });
  },
};

export const swiperItem: Builtin = {
  properties: { itemId: String },
  withoutEffect: ['skipHiddenItemLayout'],
  create(host) {
    host.element.setAttribute('role', 'group');
    host.watch(['itemId'], () => {
      host.element.dataset['item'] = host.text('itemId');
    });
  },
};

const lengthOf = (value: string): string =>
  /^\d+(\.\d+)?rpx$/.test(value) ? `calc(${parseFloat(value)} * var(--rpx))` : value;

class Slides {
  private shown = 0;
  private autoplaying = false;
  private track: HTMLElement | undefined;
  private observer: MutationObserver | undefined;

  constructor(
    private readonly host: Host,
    private readonly dots: HTMLElement,
  ) {
    host.watch([], () => {
      this.attach();
    });
  }

  private attach(): void {
    const track = this.host.element.querySelector<HTMLElement>('.pv-track');
    if (!track || this.track) return;
    this.track = track;
    track.tabIndex = 0;
    this.host.element.append(this.dots);
    track.addEventListener('scrollend', () => {
      this.settle();
    });
    track.addEventListener('pointerdown', () => {
      this.autoplaying = false;
    });
    this.observer = new MutationObserver(() => {
      this.drawDots();
    });
    this.observer.observe(track, { childList: true });
    this.shown = this.host.number('current');
    requestAnimationFrame(() => {
      this.scrollTo(this.shown, 'instant');
    });
    this.drawDots();
  }

  disconnect(): void {
    this.observer?.disconnect();
  }

  private get items(): HTMLElement[] {
    return [...(this.track?.children ?? [])].filter(
      (child): child is HTMLElement => child.localName === 'wx-swiper-item',
    );
  }

  goTo(index: number): void {
    if (index === this.shown || !this.track) return;
    this.scrollTo(index, 'smooth');
    this.select(index, '');
  }

  next(): void {
    const count = this.items.length;
    if (count === 0 || (this.shown + 1 >= count && !this.host.on('circular'))) return;
    this.autoplaying = true;
    const index = (this.shown + 1) % count;
    this.scrollTo(index, 'smooth');
    this.select(index, 'autoplay');
  }

  private scrollTo(index: number, behavior: ScrollBehavior): void {
    const item = this.items[index];
    if (!item || !this.track) return;
    this.track.scrollTo({
      left: item.offsetLeft - parseFloat(getComputedStyle(this.track).paddingLeft),
      top: item.offsetTop - parseFloat(getComputedStyle(this.track).paddingTop),
      behavior,
    });
  }

  /** After a swipe: which slide it came to rest on. */
  private settle(): void {
    const track = this.track;
    if (!track) return;
    const vertical = this.host.on('vertical');
    const offset = vertical ? track.scrollTop : track.scrollLeft;
    const distances = this.items.map((item) =>
      Math.abs((vertical ? item.offsetTop : item.offsetLeft) - offset),
    );
    const index = distances.indexOf(Math.min(...distances));
    if (index >= 0) this.select(index, this.autoplaying ? 'autoplay' : 'touch');
    this.host.emit('animationfinish', { current: this.shown, source: 'touch' });
  }

  private select(index: number, source: string): void {
    if (index === this.shown) return;
    this.shown = index;
    this.host.set('current', index);
    this.drawDots();
    const currentItemId = this.items[index]?.dataset['item'] ?? '';
    this.host.emit('change', { current: index, currentItemId, source }, { bubbles: true });
  }

  drawDots(): void {
    this.dots.hidden = !this.host.on('indicatorDots');
    this.dots.replaceChildren(
      ...this.items.map((_, index) => {
        const dot = document.createElement('i');
        dot.style.background = this.host.text(
          index === this.shown ? 'indicatorActiveColor' : 'indicatorColor',
        );
        return dot;
      }),
    );
  }
}
