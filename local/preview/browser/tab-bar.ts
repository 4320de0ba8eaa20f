import { el } from './dom';
import { resolveFile } from './files';
import type { TabBarConfig, TabBarItem } from './program';
import type { Theme } from './theme';

interface TabState extends TabBarItem {
  badge: string;
  dot: boolean;
}

export type TabBarStyle = Partial<
  Pick<TabBarConfig, 'color' | 'selectedColor' | 'backgroundColor' | 'borderStyle'>
>;

/** The bar below the tab pages. */
export class TabBar {
  readonly element = el('nav', { class: 'pv-tabs', role: 'tablist' });
  readonly items: TabState[];
  private style: TabBarStyle = {};
  private selected = '';

  constructor(
    private readonly config: TabBarConfig,
    private readonly theme: Theme,
    private readonly onSelect: (item: TabBarItem, index: number) => void,
  ) {
    this.items = config.list.map((item) => ({ ...item, badge: '', dot: false }));
    theme.onChange(() => {
      this.draw();
    });
  }

  select(path: string): void {
    this.selected = path;
    this.draw();
  }

  /** Changes one tab; an index that is not there is an error. */
  change(index: number, change: Partial<TabState>): void {
    const item = this.items[index];
    if (!item) throw new Error('tabbar item not found');
    const given = Object.entries<unknown>(change).filter(([, value]) => value !== undefined);
    Object.assign(item, Object.fromEntries(given));
    this.draw();
  }

  setStyle(style: TabBarStyle): void {
    this.style = { ...this.style, ...style };
    this.draw();
  }

  private color(name: keyof TabBarStyle): string {
    return this.theme.resolve(this.style[name] ?? this.config[name]) ?? '';
  }

  private draw(): void {
    this.element.style.background = this.color('backgroundColor');
    this.element.dataset['border'] = this.color('borderStyle') || 'black';
    const focused = this.element.contains(document.activeElement);
    this.element.replaceChildren(...this.items.map((item, index) => this.tab(item, index)));
    if (focused) this.element.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  private tab(item: TabState, index: number): HTMLElement {
    const selected = item.pagePath === this.selected;
    const choose = (): void => {
      this.onSelect(item, index);
    };
    const button = el('button', {
      type: 'button',
      role: 'tab',
      'aria-selected': String(selected),
      onclick: choose,
    });
    button.style.color = this.color(selected ? 'selectedColor' : 'color');
    const path = this.theme.resolve(selected ? (item.selectedIconPath ?? item.iconPath) : item.iconPath);
    const mark = el('span', { class: 'pv-tab-icon' });
    if (path) mark.append(el('img', { src: resolveFile(`/${path.replace(/^\//, '')}`, ''), alt: '' }));
    if (item.badge) mark.append(el('b', { class: 'pv-badge' }, item.badge));
    else if (item.dot) mark.append(el('b', { class: 'pv-badge pv-dot' }));
    if (mark.childNodes.length > 0) button.append(mark);
    button.append(el('span', {}, this.theme.resolve(item.text)));
    return button;
  }
}
