import { el } from './dom';
import { text } from './settings';

export interface PullDownOptions {
  threshold: () => number;
  enabled: () => boolean;
  onPull?: (distance: number) => void;
  onRefresh: () => void;
  onRestore?: () => void;
  onAbort?: () => void;
}

/** Pulling a scrolled-to-top element down with finger or mouse shows three dots and asks for a refresh. */
export class PullDown {
  private readonly indicator = el(
    'div',
    { class: 'pv-pull', role: 'status', 'aria-label': text('正在刷新', 'Refreshing'), hidden: true },
    el('i'),
    el('i'),
    el('i'),
  );
  private startY: number | undefined;
  private distance = 0;
  private refreshing = false;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly options: PullDownOptions,
  ) {
    scroller.prepend(this.indicator);
    scroller.addEventListener('touchstart', (event) => {
      this.begin(event.touches[0]?.clientY);
    });
    scroller.addEventListener('touchmove', (event) => {
      if (this.move(event.touches[0]?.clientY) && event.cancelable) event.preventDefault();
    });
    scroller.addEventListener('touchend', () => {
      this.end();
    });
    scroller.addEventListener('touchcancel', () => {
      this.end();
    });
    scroller.addEventListener('mousedown', (event) => {
      if (event.button !== 0 || event.target instanceof HTMLInputElement) return;
      this.begin(event.clientY);
      const move = (moved: MouseEvent): void => {
        this.move(moved.clientY);
      };
      addEventListener('mousemove', move);
      addEventListener(
        'mouseup',
        () => {
          removeEventListener('mousemove', move);
          this.end();
        },
        { once: true },
      );
    });
  }

  /** Shows the dots as if pulled. */
  start(): void {
    this.refreshing = true;
    this.indicator.hidden = false;
    this.indicator.style.height = '';
  }

  stop(): void {
    if (!this.refreshing) return;
    this.refreshing = false;
    this.indicator.hidden = true;
    this.options.onRestore?.();
  }

  private begin(y: number | undefined): void {
    this.distance = 0;
    const ready = this.options.enabled() && !this.refreshing && this.scroller.scrollTop <= 0;
    this.startY = ready ? y : undefined;
  }

  /** Returns whether the movement is a pull. */
  private move(y: number | undefined): boolean {
    if (this.startY === undefined || y === undefined) return false;
    this.distance = Math.max(0, (y - this.startY) / 2);
    if (this.distance < 4) return false;
    this.indicator.hidden = false;
    this.indicator.style.height = `${this.distance}px`;
    this.options.onPull?.(this.distance);
    return true;
  }

  private end(): void {
    if (this.startY === undefined) return;
    this.startY = undefined;
    this.indicator.style.height = '';
    if (this.distance >= this.options.threshold()) {
      this.start();
      this.options.onRefresh();
    } else {
      this.indicator.hidden = true;
      if (this.distance > 4) this.options.onAbort?.();
    }
  }
}
