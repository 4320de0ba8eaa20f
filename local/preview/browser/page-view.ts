import type { Root } from 'glass-easel-miniprogram-adapter';
import { el } from './dom';
import { guarded } from './errors';
import type { Framework } from './framework';
import { NavigationBar, type NavigationBarActions } from './navigation-bar';
import type { OpenPage, PageInstance } from './phone';
import type { PageConfig } from './program';
import { PullDown } from './pull-down';
import type { Theme } from './theme';

export interface PageOptions {
  path: string;
  query: Record<string, string>;
  /** The page's own settings over those of the app's window. */
  config: PageConfig;
  leading: 'back' | 'home' | 'none';
  actions: NavigationBarActions;
  hasTabBar: boolean;
}

const REACH_BOTTOM = 50;

/** One page on the stack: its bar, its scrolling body and the mini program's own instance. */
export class PageView implements OpenPage {
  readonly element: HTMLElement;
  readonly viewport = el('div', { class: 'pv-viewport' });
  readonly body: HTMLElement;
  readonly navigationBar: NavigationBar;
  readonly path: string;
  readonly config: PageConfig;
  readonly instance: PageInstance;
  private readonly root: Root;
  private readonly pullDown: PullDown;
  private ready = false;

  constructor(
    private readonly framework: Framework,
    private readonly theme: Theme,
    readonly options: PageOptions,
  ) {
    this.path = options.path;
    this.config = options.config;
    this.navigationBar = new NavigationBar(this.config, theme, options.leading, options.actions);
    this.body = document.createElement('wx-body');
    this.body.dataset['page'] = this.path;
    this.element = el('div', { class: 'pv-page', role: 'main' }, this.navigationBar.element, this.viewport);
    this.viewport.append(this.body);
    if (options.hasTabBar) this.element.dataset['tabs'] = '';
    this.pullDown = new PullDown(this.body, {
      threshold: () => 45,
      enabled: () => this.config.enablePullDownRefresh === true,
      onRefresh: () => {
        this.call('onPullDownRefresh');
      },
    });
    this.watchScrolling();
    this.paint();
    const query = new URLSearchParams(options.query).toString();
    this.root = framework.createPage(this.path, query ? `${this.path}?${query}` : this.path);
    this.instance = this.root.get() as unknown as PageInstance;
    this.instance.route = this.path;
    this.instance.options = options.query;
  }

  get url(): string {
    const query = new URLSearchParams(this.options.query).toString();
    return `/${this.path}${query ? `?${query}` : ''}`;
  }

  /** Puts the page on the screen and tells it so. `into` must be in the document. */
  load(into: Element): void {
    into.append(this.element);
    this.measure();
    const place = document.createElement('div');
    this.body.append(place);
    guarded(() => {
      this.root.attach(this.body as never, place as never);
    });
    this.call('onLoad', this.options.query);
  }

  show(): void {
    // The tab that is shown already.
    if (this.ready && !this.element.hidden) return;
    this.element.hidden = false;
    this.measure();
    this.lifetime('show');
    this.call('onShow');
    if (this.ready) return;
    this.ready = true;
    this.call('onReady');
  }

  hide(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.lifetime('hide');
    this.call('onHide');
  }

  /** The whole mini program comes to the front or goes to the back. */
  appShown(shown: boolean): void {
    this.lifetime(shown ? 'show' : 'hide');
    this.call(shown ? 'onShow' : 'onHide');
  }

  unload(): void {
    this.call('onUnload');
    guarded(() => {
      this.framework.releasePage(this.root);
    });
    this.element.remove();
  }

  call(hook: string, ...values: unknown[]): unknown {
    const method = this.instance[hook];
    if (typeof method !== 'function') return undefined;
    return guarded(() => {
      const result: unknown = method.apply(this.instance, values);
      return result;
    });
  }

  private lifetime(name: string, ...values: unknown[]): void {
    guarded(() => {
      this.root.getComponent().triggerPageLifetime(name, values);
    });
  }

  startPullDown(): void {
    this.pullDown.start();
    this.call('onPullDownRefresh');
  }
  stopPullDown(): void {
    this.pullDown.stop();
  }

  /** Colours of the theme of now. */
  paint(): void {
    const { theme } = this;
    this.navigationBar.paint();
    const content = theme.resolve(this.config.backgroundColorContent);
    this.element.style.background = content ?? (theme.current === 'dark' ? '#191919' : '#ffffff');
    this.body.style.setProperty('--pull', theme.resolve(this.config.backgroundColor) ?? 'transparent');
  }

  /** Tells the style sheets how large the page's screen is. */
  measure(): void {
    const { clientWidth, clientHeight } = this.viewport;
    if (clientWidth === 0) return;
    const { style } = this.viewport;
    style.setProperty('--rpx', `${clientWidth / 750}px`);
    style.setProperty('--vw', `${clientWidth / 100}px`);
    style.setProperty('--vh', `${clientHeight / 100}px`);
  }

  resized(): void {
    this.measure();
    const size = { windowWidth: this.viewport.clientWidth, windowHeight: this.viewport.clientHeight };
    this.lifetime('resize', { size });
    this.call('onResize', { size });
  }

  private watchScrolling(): void {
    let near = false;
    this.body.addEventListener('scroll', () => {
      const { scrollTop, scrollHeight, clientHeight } = this.body;
      this.call('onPageScroll', { scrollTop });
      const reached =
        scrollHeight - clientHeight - scrollTop <= (this.config.onReachBottomDistance ?? REACH_BOTTOM);
      if (reached && !near) this.call('onReachBottom');
      near = reached;
    });
    // A longer list is a new bottom.
    new MutationObserver(() => {
      const { scrollTop, scrollHeight, clientHeight } = this.body;
      if (scrollHeight - clientHeight - scrollTop > (this.config.onReachBottomDistance ?? REACH_BOTTOM))
        near = false;
    }).observe(this.body, { childList: true, subtree: true });
  }
}
