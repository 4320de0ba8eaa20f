/** What the build hands to the browser: the one contract between `local/preview/build` and `local/preview/browser`. */
export interface Program {
  app: AppConfig;
  /** All page paths in the order of app.json, without a leading slash. */
  pages: string[];
  /** theme.json: values of the `@name` variables, by theme. */
  theme: Record<ThemeName, Record<string, string>>;
  /** Templates by path, in the form glass-easel takes them. */
  templates: Record<string, unknown>;
  /** Runs app.ts, which calls `App(…)`. */
  startApp: () => void;
  components: Record<string, ComponentSource>;
}

export type ThemeName = 'light' | 'dark';

export interface ComponentSource {
  isPage: boolean;
  config: PageConfig;
  /** The class prefix of an isolated component; absent for shared styles. */
  scope?: string;
  /** Runs the component's script, which calls `Component(…)` or `Page(…)`. */
  run: () => void;
}

export interface WindowConfig {
  navigationBarTitleText?: string;
  navigationBarBackgroundColor?: string;
  navigationBarTextStyle?: string;
  navigationStyle?: 'default' | 'custom';
  backgroundColor?: string;
  backgroundColorContent?: string;
  backgroundTextStyle?: string;
  enablePullDownRefresh?: boolean;
  onReachBottomDistance?: number;
  disableScroll?: boolean;
}

export interface PageConfig extends WindowConfig {
  component?: boolean;
  usingComponents: Record<string, string>;
  componentGenerics?: Record<string, true | { default?: string }>;
  styleIsolation?: string;
}

export interface TabBarItem {
  pagePath: string;
  text: string;
  iconPath?: string;
  selectedIconPath?: string;
}

export interface TabBarConfig {
  color: string;
  selectedColor: string;
  backgroundColor: string;
  borderStyle?: string;
  list: TabBarItem[];
}

export interface AppConfig {
  window?: WindowConfig;
  tabBar?: TabBarConfig;
  darkmode?: boolean;
}

/** A mistake in the mini program's sources; lines and columns count from 1. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** What `/preview/events` sends. */
/** `clock`: the cloud's clock was moved. */
export type PreviewEvent =
  { type: 'built'; version: number } | { type: 'failed'; problems: Problem[] } | { type: 'clock' };
