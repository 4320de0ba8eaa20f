import { el, icon } from './dom';
import type { WindowConfig } from './program';
import { text } from './settings';
import type { Theme } from './theme';

export const STATUS_BAR_HEIGHT = 44;
export const NAVIGATION_BAR_HEIGHT = 44;

export interface NavigationBarActions {
  back: () => void;
  home: () => void;
}

/** Title and back button of a page; with the custom style only the room for them. */
export class NavigationBar {
  readonly element: HTMLElement;
  private readonly title = el('div', { class: 'pv-title', role: 'heading', 'aria-level': '1' });
  private readonly spinner = el('i', { class: 'pv-spinner', hidden: true });
  private colors: { front?: string; background?: string } = {};

  constructor(
    private readonly config: WindowConfig,
    private readonly theme: Theme,
    leading: 'back' | 'home' | 'none',
    actions: NavigationBarActions,
  ) {
    this.element = el('header', { class: 'pv-nav' });
    if (leading === 'back') {
      this.element.append(
        el(
          'button',
          { type: 'button', class: 'pv-back', 'aria-label': text('返回', 'Back'), onclick: actions.back },
          icon('M15 4 7 12l8 8'),
        ),
      );
    } else if (leading === 'home') {
      const house = icon('M4 11.5 12 5l8 6.5', 'M6.5 10.5V19h11v-8.5');
      this.element.append(
        el(
          'button',
          { type: 'button', class: 'pv-back', 'aria-label': text('回到首页', 'Home'), onclick: actions.home },
          house,
        ),
      );
    }
    this.element.append(el('div', { class: 'pv-title-line' }, this.spinner, this.title));
    this.element.hidden = config.navigationStyle === 'custom';
    this.setTitle(theme.resolve(config.navigationBarTitleText) ?? '');
    this.paint();
  }

  setTitle(title: string): void {
    this.title.textContent = title;
  }
  get titleText(): string {
    return this.title.textContent;
  }
  setLoading(on: boolean): void {
    this.spinner.hidden = !on;
  }
  setColors(colors: { front?: string; background?: string }): void {
    this.colors = { ...this.colors, ...colors };
    this.paint();
  }

  /** The colours of the configuration, by the theme of now, unless the page has set others. */
  paint(): void {
    const background =
      this.colors.background ?? this.theme.resolve(this.config.navigationBarBackgroundColor) ?? '#000000';
    const style = this.theme.resolve(this.config.navigationBarTextStyle) ?? 'white';
    this.element.style.background = background;
    this.element.style.color = this.colors.front ?? (style === 'black' ? '#000000' : '#ffffff');
  }

  /** Whether the text on the bar, or on the page behind a custom bar, is dark. */
  get darkText(): boolean {
    const style = this.theme.resolve(this.config.navigationBarTextStyle) ?? 'white';
    return this.colors.front === undefined ? style === 'black' : this.colors.front === '#000000';
  }
}
