import { builtins } from './builtins';
import { guarded, NotInPreview, onReportedError, reportError } from './errors';
import { Framework } from './framework';
import { setPhone } from './phone';
import type { Program } from './program';
import { Router } from './router';
import { buildScreen } from './screen';
import { onSettingsChange, readSettings } from './settings';
import { shareByUser, share } from './share';
import { stats } from './stats';
import { Theme } from './theme';
import { watchModals } from './modal-focus';
import { watchDevice } from './wx/device';
import { watchKeyboard } from './wx/keyboard';
import { wx } from './wx';
import { appHide, appShow, launch, pageNotFound, unhandledRejection } from './wx/open';
import { openChat } from './open-chat';
import { agreeToPrivacy } from './wx/privacy';
import { installSelectorQuery } from './wx/query';

interface AppInstance {
  [member: string]: unknown;
}

/** Starts the mini program: App first, then the page that the address names. */
export function runProgram(program: Program): void {
  document.documentElement.lang = readSettings().language === 'en' ? 'en' : 'zh-CN';
  const screen = buildScreen(() => void shareByUser());
  const framework = new Framework(program, builtins);
  installSelectorQuery();
  const app: AppInstance = {};
  const call = (hook: string, value: unknown): boolean => {
    const method = app[hook];
    if (typeof method !== 'function') return false;
    guarded(() => {
      const result: unknown = method.call(app, value);
      return result;
    });
    return true;
  };
  const theme = new Theme(program);
  const router = new Router(program, framework, theme, screen, (target) => {
    const event = { ...target, isEntryPage: router.stack.length === 0 };
    pageNotFound.emit(event);
    if (!call('onPageNotFound', event)) reportError(new Error(`page "${target.path}" is not found`));
  });
  setPhone({
    program,
    app: program.app,
    theme,
    router,
    screen: () => ({ width: screen.clientWidth, height: screen.clientHeight }),
    share: (from, target) => void share(from, target),
    agreeToPrivacy,
    openChat,
  });
  Object.assign(globalThis, {
    wx,
    App: (definition: AppInstance) => {
      Object.assign(app, definition);
    },
    getApp: () => app,
    getCurrentPages: () => router.stack.map((page) => page.instance),
  });
  watchSettings(theme);
  watchDevice();
  watchKeyboard();
  watchModals();
  watchFailures(call);
  const [path, search] = (location.hash.slice(2) || (program.pages[0] ?? '')).split('?');
  Object.assign(launch, { path, query: Object.fromEntries(new URLSearchParams(search)) });
  guarded(() => {
    program.startApp();
  });
  call('onLaunch', launch);
  call('onShow', launch);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      appHide.emit({ reason: 2 });
      call('onHide', { reason: 2 });
      router.top?.appShown(false);
    } else {
      appShow.emit(launch);
      call('onShow', launch);
      router.top?.appShown(true);
    }
  });
  theme.onChange((name) => {
    call('onThemeChange', { theme: name });
  });
  router.start();
  requestAnimationFrame(() => {
    stats.interactiveAt = performance.now();
    document.documentElement.dataset['ready'] = '';
  });
}

function watchSettings(theme: Theme): void {
  onSettingsChange((now, before) => {
    theme.refresh();
    // Another reader, another language, another text size: WeChat starts the mini program anew.
    if (
      now.openid !== before.openid ||
      now.language !== before.language ||
      now.textSize !== before.textSize
    ) {
      location.reload();
    }
  });
}

function watchFailures(call: (hook: string, value: unknown) => boolean): void {
  onReportedError((error) => {
    call('onError', `${error.message}\n${error.stack ?? ''}`);
  });
  addEventListener('unhandledrejection', (event) => {
    const reason: unknown = event.reason;
    if (reason instanceof NotInPreview) return;
    const value = { reason, promise: event.promise as Promise<unknown> };
    unhandledRejection.emit(value);
    const handled = call('onUnhandledRejection', value);
    if (reason instanceof Error && !handled) reportError(reason);
  });
}
