import { EventChannel } from './event-channel';
import type { Framework } from './framework';
import { PageView } from './page-view';
import type { PageStack } from './phone';
import type { Program } from './program';
import { TabBar } from './tab-bar';
import type { Theme } from './theme';

export const MAX_PAGES = 10;

interface Target {
  path: string;
  query: Record<string, string>;
}

/** The stack of pages. Tab pages stay alive below; the browser's history and the hash are kept in step. */
export class Router implements PageStack {
  readonly stack: PageView[] = [];
  private readonly tabPages = new Map<string, PageView>();
  readonly tabBar: TabBar | undefined;
  /** Movements of the history that the router itself has asked for. */
  private ownMoves = 0;

  constructor(
    private readonly program: Program,
    private readonly framework: Framework,
    private readonly theme: Theme,
    private readonly screen: HTMLElement,
    private readonly onNotFound: (target: Target) => void,
  ) {
    const { tabBar } = program.app;
    if (tabBar) {
      this.tabBar = new TabBar(tabBar, theme, (item, index) => {
        this.switchTab({ url: `/${item.pagePath}` });
        this.top?.call('onTabItemTap', { index, pagePath: item.pagePath, text: theme.resolve(item.text) });
      });
      screen.append(this.tabBar.element);
    }
    addEventListener('popstate', () => {
      this.followHistory();
    });
    addEventListener('resize', () => {
      this.top?.resized();
    });
    theme.onChange(() => {
      for (const page of this.all()) page.paint();
    });
  }

  get top(): PageView | undefined {
    return this.stack.at(-1);
  }

  /** The first page: what the hash names, else the first of app.json. */
  start(): void {
    const target = this.parse(location.hash.slice(1) || `/${this.program.pages[0] ?? ''}`);
    if (!this.isPage(target.path)) {
      this.onNotFound(target);
      if (this.stack.length > 0) return;
      this.reset(this.parse(`/${this.program.pages[0] ?? ''}`));
    } else {
      this.reset(target);
    }
  }

  navigateTo(options: {
    url: string;
    events?: Record<string, (...values: unknown[]) => void>;
  }): EventChannel {
    const target = this.existing(options.url);
    if (this.isTab(target.path)) throw new Error('can not navigateTo a tabbar page');
    if (this.stack.length >= MAX_PAGES) throw new Error('webview count limit exceed');
    this.top?.hide();
    const channel = new EventChannel(options.events ?? {});
    this.push(target, 'push', channel);
    return channel;
  }

  redirectTo(options: { url: string }): void {
    const target = this.existing(options.url);
    if (this.isTab(target.path)) throw new Error('can not redirectTo a tabbar page');
    const replaced = this.stack.pop();
    if (replaced) this.dispose(replaced);
    this.push(target, 'replace');
  }

  navigateBack(options: { delta?: number }): void {
    const steps = Math.min(options.delta ?? 1, this.stack.length - 1);
    if (steps <= 0) {
      if (this.stack.length > 1) return;
      throw new Error('cannot navigate back at first page');
    }
    this.ownMoves += 1;
    history.go(-steps);
    this.pop(steps);
  }

  switchTab(options: { url: string }): void {
    const target = this.existing(options.url);
    if (!this.isTab(target.path)) throw new Error('can not switch to no-tabBar page');
    this.showTab(target);
  }

  reLaunch(options: { url: string }): void {
    this.reset(this.existing(options.url));
  }

  goHome(): void {
    this.reLaunch({ url: `/${this.program.app.tabBar?.list[0]?.pagePath ?? this.program.pages[0] ?? ''}` });
  }

  pageOfElement(element: Element): PageView | undefined {
    const found = element.closest('.pv-page');
    return this.all().find((page) => page.element === found);
  }

  /** All living pages, those of hidden tabs too. */
  private all(): PageView[] {
    return [...new Set([...this.tabPages.values(), ...this.stack])];
  }

  private isPage(path: string): boolean {
    return this.program.pages.includes(path);
  }
  isTab(path: string): boolean {
    return this.program.app.tabBar?.list.some((item) => item.pagePath === path) === true;
  }

  /** An address as the page at the top means it. */
  private parse(url: string): Target {
    const parsed = new URL(url, `http://package/${this.top?.path ?? ''}`);
    return { path: parsed.pathname.slice(1), query: Object.fromEntries(parsed.searchParams) };
  }

  private existing(url: string): Target {
    const target = this.parse(url);
    if (!this.isPage(target.path)) throw new Error(`page "${target.path}" is not found`);
    return target;
  }

  private push(target: Target, how: 'push' | 'replace', channel = new EventChannel({})): void {
    const source = this.program.components[target.path];
    if (!source) throw new Error(`page "${target.path}" is not found`);
    const tab = this.isTab(target.path);
    const first = this.stack.length === 0;
    const home = this.program.app.tabBar === undefined ? target.path === this.program.pages[0] : tab;
    const page = new PageView(this.framework, this.theme, {
      ...target,
      config: { ...this.program.app.window, ...source.config },
      leading: first ? (home ? 'none' : 'home') : 'back',
      actions: {
        back: () => {
          this.navigateBack({ delta: 1 });
        },
        home: () => {
          this.goHome();
        },
      },
      hasTabBar: tab,
    });
    page.instance.getOpenerEventChannel = () => channel.opener;
    if (tab) this.tabPages.set(target.path, page);
    this.stack.push(page);
    // Before onLoad, which may go on to another page.
    this.record(how);
    page.load(this.screen);
    if (this.top === page) this.arrive(page);
  }

  private arrive(page: PageView): void {
    if (this.tabBar) {
      this.tabBar.element.hidden = !this.isTab(page.path);
      if (this.isTab(page.path)) this.tabBar.select(page.path);
    }
    document.title = page.navigationBar.titleText;
    this.screen.dataset['text'] = page.navigationBar.darkText ? 'dark' : 'light';
    page.show();
    this.screen.dispatchEvent(new Event('preview-page'));
  }

  private pop(steps: number): void {
    for (let step = 0; step < steps; step += 1) {
      const page = this.stack.pop();
      if (page) this.dispose(page);
    }
    if (this.top) this.arrive(this.top);
  }

  private showTab(target: Target): void {
    while (this.stack.length > 1) {
      const page = this.stack.pop();
      if (page) this.dispose(page);
    }
    const current = this.stack[0];
    if (current?.path === target.path) {
      this.record('replace');
      this.arrive(current);
      return;
    }
    this.stack.length = 0;
    if (current && this.isTab(current.path)) current.hide();
    else if (current) this.dispose(current);
    const known = this.tabPages.get(target.path);
    if (!known) {
      this.push(target, 'replace');
      return;
    }
    this.stack.push(known);
    this.record('replace');
    this.arrive(known);
  }

  private reset(target: Target): void {
    for (const page of this.all().reverse()) this.dispose(page);
    this.stack.length = 0;
    this.push(target, 'replace');
  }

  private dispose(page: PageView): void {
    this.tabPages.delete(page.path);
    page.unload();
  }

  private record(how: 'push' | 'replace'): void {
    const state = { depth: this.stack.length - 1 };
    const url = `#${this.top?.url ?? ''}`;
    if (how === 'push') history.pushState(state, '', url);
    else history.replaceState(state, '', url);
  }

  /** The browser's Back or Forward, or an address typed in. */
  private followHistory(): void {
    if (this.ownMoves > 0) {
      this.ownMoves -= 1;
      // The mini program may have moved on before the history did.
      if (location.hash.slice(1) !== this.top?.url) this.record('replace');
      return;
    }
    const state = history.state as { depth?: number } | null;
    const url = location.hash.slice(1);
    const depth = state?.depth;
    const known = depth === undefined ? undefined : this.stack[depth];
    if (known && known.url === url && depth !== undefined) {
      this.pop(this.stack.length - 1 - depth);
      return;
    }
    const target = this.parse(url || '/');
    if (!this.isPage(target.path)) {
      this.onNotFound(target);
      return;
    }
    if (this.isTab(target.path)) this.showTab(target);
    else this.reset(target);
  }
}
