import { offReportedError, onReportedError } from '../errors';
import { phone } from '../phone';
import { showText } from '../ui/questions';
import { askSubscriptions } from '../ui/subscription-sheet';
import { readSettings, text } from '../settings';
import { saveAs } from '../save-as';
import { userFiles } from '../user-files';
import { asyncCall, listeners } from './call';

export const appShow = listeners<object>();
export const appHide = listeners<object>();
export const unhandledRejection = listeners<{ reason: unknown; promise: Promise<unknown> }>();
export const pageNotFound = listeners<object>();

/** How the mini program was opened; scene 1001 is the list of mini programs. */
export const launch = { path: '', query: {} as Record<string, string>, scene: 1001, referrerInfo: {} };

const errorListeners = new Map<(message: string) => void, (error: Error) => void>();
const hiddenMenus = new Set<string>();
export const menuShown = (menu: string): boolean => !hiddenMenus.has(menu);

const MENUS = ['shareAppMessage', 'shareTimeline'];

export const open = {
  login: asyncCall<{ timeout?: number }>('login', ['timeout'], () => ({
    code: `preview-${readSettings().openid}`,
  })),
  checkSession: asyncCall('checkSession', [], () => {}),
  getAccountInfoSync: (): object => ({
    miniProgram: { appId: 'wx0000000000000000', envVersion: 'develop', version: '' },
  }),
  getLaunchOptionsSync: (): object => launch,
  getEnterOptionsSync: (): object => launch,
  requestSubscribeMessage: asyncCall<{ tmplIds: string[] }>(
    'requestSubscribeMessage',
    ['tmplIds'],
    ({ tmplIds }) => askSubscriptions(tmplIds),
  ),
  /** Here nothing is ever forbidden. */
  openSetting: asyncCall<{ withSubscriptions?: boolean }>('openSetting', ['withSubscriptions'], async () => {
    await showText(
      text('设置', 'Settings'),
      text(
        '在微信里，这里可以打开“添加到相册”等权限。',
        'In WeChat, permissions such as “Add to album” are given here.',
      ),
    );
    return { authSetting: { 'scope.writePhotosAlbum': true } };
  }),
  shareFileMessage: asyncCall<{ filePath: string; fileName?: string }>(
    'shareFileMessage',
    ['filePath', 'fileName'],
    ({ filePath, fileName }) => {
      saveAs(fileName ?? filePath.slice(filePath.lastIndexOf('/') + 1), new Blob([userFiles.read(filePath)]));
    },
  ),
  showShareMenu: asyncCall<{ withShareTicket?: boolean; menus?: string[] }>(
    'showShareMenu',
    ['withShareTicket', 'menus'],
    ({ menus }) => {
      for (const menu of menus ?? MENUS) hiddenMenus.delete(menu);
    },
  ),
  hideShareMenu: asyncCall<{ menus?: string[] }>('hideShareMenu', ['menus'], ({ menus }) => {
    for (const menu of menus ?? MENUS) hiddenMenus.add(menu);
  }),
  updateShareMenu: asyncCall<{ withShareTicket?: boolean; isUpdatableMessage?: boolean }>(
    'updateShareMenu',
    ['withShareTicket', 'isUpdatableMessage'],
    () => {},
  ),
  getUpdateManager: (): object => ({
    onCheckForUpdate: (run: (result: { hasUpdate: boolean }) => void) => {
      setTimeout(() => {
        run({ hasUpdate: false });
      }, 0);
    },
    onUpdateReady: () => {},
    onUpdateFailed: () => {},
    applyUpdate: () => {
      location.reload();
    },
  }),
  reportPerformance: (_id: number, _value: number, _dimensions?: string | string[]): void => {},
  reportEvent: (_id: string, _data?: object): void => {},
  getPerformance: (): object => ({
    now: () => performance.now(),
    getEntries: () => performance.getEntries(),
    getEntriesByType: (type: string) => performance.getEntriesByType(type),
    getEntriesByName: (name: string) => performance.getEntriesByName(name),
    mark: (name: string) => performance.mark(name),
  }),
  getLogManager: (): object => logger,
  getRealtimeLogManager: (): object => logger,
  onError: (run: (message: string) => void): void => {
    const listener = (error: Error): void => {
      run(`${error.message}\n${error.stack ?? ''}`);
    };
    errorListeners.set(run, listener);
    onReportedError(listener);
  },
  offError: (run?: (message: string) => void): void => {
    if (run) offReportedError(errorListeners.get(run));
    else for (const listener of errorListeners.values()) offReportedError(listener);
  },
  onUnhandledRejection: unhandledRejection.on,
  offUnhandledRejection: unhandledRejection.off,
  onPageNotFound: pageNotFound.on,
  offPageNotFound: pageNotFound.off,
  onAppShow: appShow.on,
  offAppShow: appShow.off,
  onAppHide: appHide.on,
  offAppHide: appHide.off,
  exitMiniProgram: asyncCall('exitMiniProgram', [], () => {
    phone().router.goHome();
  }),
};

const logger = {
  info: (...values: unknown[]): void => {
    console.info(...values);
  },
  warn: (...values: unknown[]): void => {
    console.warn(...values);
  },
  error: (...values: unknown[]): void => {
    console.error(...values);
  },
  log: (...values: unknown[]): void => {
    console.info(...values);
  },
  debug: (...values: unknown[]): void => {
    console.debug(...values);
  },
  setFilterMsg: (): void => {},
  addFilterMsg: (): void => {},
};
