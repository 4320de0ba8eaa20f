import type { EventChannel } from './event-channel';
import type { NavigationBar } from './navigation-bar';
import type { AppConfig, Program } from './program';
import type { TabBar } from './tab-bar';
import type { Theme } from './theme';

export interface PageInstance {
  route: string;
  options: Record<string, string>;
  setData(data: object): void;
  getOpenerEventChannel?: () => unknown;
  [member: string]: unknown;
}

/** A page on the stack, as `wx` and the built-in elements see it. */
export interface OpenPage {
  readonly path: string;
  /** The address within the mini program, with its query. */
  readonly url: string;
  readonly options: { query: Record<string, string> };
  readonly element: HTMLElement;
  /** The page's screen: fixed elements and the phone's units refer to it. */
  readonly viewport: HTMLElement;
  /** `page` in WXSS. */
  readonly body: HTMLElement;
  readonly navigationBar: NavigationBar;
  readonly instance: PageInstance;
  /** Calls a hook of the page if it has one. */
  call(hook: string, ...values: unknown[]): unknown;
  startPullDown(): void;
  stopPullDown(): void;
}

/** The stack of pages, as `wx` and the built-in elements use it. What WeChat refuses is thrown with its text. */
export interface PageStack {
  readonly top: OpenPage | undefined;
  readonly tabBar: TabBar | undefined;
  navigateTo(options: { url: string; events?: Record<string, (...values: unknown[]) => void> }): EventChannel;
  redirectTo(options: { url: string }): void;
  navigateBack(options: { delta?: number }): void;
  switchTab(options: { url: string }): void;
  reLaunch(options: { url: string }): void;
  goHome(): void;
  pageOfElement(element: Element): OpenPage | undefined;
}

/** What all parts of the preview share; there is one phone in a document. */
export interface Phone {
  program: Program;
  app: AppConfig;
  router: PageStack;
  theme: Theme;
  /** The size of the screen in CSS pixels. */
  screen(): { width: number; height: number };
  /** Opens the stand-in of the share card. */
  share(from: 'button' | 'menu', target?: { id: string; dataset: unknown }): void;
  /** Opens the stand-in of the customer-service chat, beside the phone. */
  openChat(): void;
  /** A button with open-type agreePrivacyAuthorization was tapped. */
  agreeToPrivacy(buttonId: string): void;
}

let current: Phone | undefined;

export function setPhone(phone: Phone): void {
  current = phone;
}

export function phone(): Phone {
  if (!current) throw new Error('the preview has not started yet');
  return current;
}
