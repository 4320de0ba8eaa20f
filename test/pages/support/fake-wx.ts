import { dictionary } from '../../../miniprogram/i18n';
import type * as v from 'valibot';
import type { ReaderAction, ReaderOutput } from '../../../contracts';
import type { PublicApi } from '../../../contracts/public';
import type { Result } from '../../../contracts/result';

type PublicOutput<A extends keyof PublicApi> = v.InferOutput<PublicApi[A]['output']>;
type Answers = { [A in ReaderAction]?: Answer<ReaderOutput<A>> } & {
  -readonly [A in keyof PublicApi]?: Answer<PublicOutput<A>>;
};
type Answer<T> = Result<T> | ((input: never) => Result<T> | Promise<Result<T>>);

export interface Call {
  /** The function that was called */
  name: string;
  action: ReaderAction | keyof PublicApi;
  input: Record<string, unknown>;
}

/** What the phone was asked to do, and what the cloud answers. */
export interface Phone {
  calls: Call[];
  /** Addresses opened, as "navigateTo /pages/…" */
  visits: string[];
  toasts: string[];
  titles: string[];
  clipboard: string[];
  storage: Map<string, unknown>;
  scans: (string | { errMsg: string })[];
  answers: Answers;
  confirm: boolean;
  /** What the reader was asked or told, title and text */
  questions: string[];
  calendar: Record<string, unknown>[];
  /** Brightness now, 0 … 1 */
  light: number;
  files: Map<string, string>;
  shared: string[];
  /** Pictures in the album */
  album: string[];
  /** What saving into the album fails with; empty when it is allowed */
  albumRefusal: string;
  /** Whether the reader allows it in the settings, once asked */
  allowsAlbum: boolean;
  /** Tells the app that the network came back */
  reconnect: () => void;
  /** Presses a key of a computer */
  press: (key: string) => void;
  theme: 'light' | 'dark';
  /** Makes light dark, and tells the app */
  darken: () => void;
  /** How the app was opened; 1154 is the timeline's view of one page */
  scene: number;
  /** Colours of the bar above the page, the last one shown now */
  bars: string[];
  /** The number on the tab of who reads; empty without one */
  badge: string;
  /** Templates that WeChat was to ask for, a list for each time */
  asked: string[][];
  /** What the reader answers to WeChat for each template; an error: WeChat asks nothing */
  subscription: string | (Error & { errCode?: number });
  /** Pictures that the reader chooses */
  pictures: { tempFilePath: string; size: number }[];
  /** The type that WeChat makes of pictures when it makes them smaller; empty: it cannot */
  smaller: string;
  uploads: string[];
  uploadFails: boolean;
  /** WeChat's own settings were opened */
  settingsOpened: number;
}

interface Upload {
  cloudPath: string;
  success: (of: { fileID: string }) => void;
  fail: (error: object) => void;
}

export const ok = <T>(data: T): Result<T> => ({ ok: true, data });
export const fault = (code: string, requestId = 'r-42'): Result<never> => ({
  ok: false,
  error: { code: code as 'INTERNAL', retryable: false, requestId },
});
/** The network breaks off before an answer comes. */
export const lost = (): Promise<never> => Promise.reject(new Error('request:fail'));

export const zh = dictionary('zh-CN');
export const en = dictionary('en');

/** Puts a phone in the place of `wx`; only WeChat's own side is imitated. */
export function fakePhone(): Phone {
  const phone: Phone = {
    calls: [],
    visits: [],
    toasts: [],
    titles: [],
    clipboard: [],
    storage: new Map(),
    scans: [],
    answers: {},
    confirm: true,
    questions: [],
    calendar: [],
    light: 0.4,
    files: new Map(),
    shared: [],
    album: [],
    albumRefusal: '',
    allowsAlbum: false,
    reconnect: () => {
      for (const listener of networkListeners) listener({ isConnected: true });
    },
    theme: 'light',
    darken: () => {
      phone.theme = 'dark';
      for (const listener of themeListeners) listener();
    },
    scene: 1001,
    bars: [],
    badge: '',
    asked: [],
    subscription: 'accept',
    pictures: [],
    smaller: '',
    uploads: [],
    uploadFails: false,
    settingsOpened: 0,
    press: (key) => {
      for (const listener of keyListeners) listener({ key });
    },
  };
  const networkListeners = new Set<(status: { isConnected: boolean }) => void>();
  const themeListeners = new Set<() => void>();
  const keyListeners = new Set<(event: { key: string }) => void>();
  const go =
    (how: string) =>
    async ({ url = '', delta = '' }: { url?: string; delta?: number | string } = {}) => {
      phone.visits.push(`${how} ${url}${delta}`.trim());
    };
  Object.assign(globalThis, {
    getApp: () => ({}),
    getCurrentPages: () => [{}, {}],
    wx: {
      cloud: {
        uploadFile: ({ cloudPath, success, fail }: Upload) => {
          phone.uploads.push(cloudPath);
          const done = () =>
            phone.uploadFails ? fail({ errMsg: 'fail' }) : success({ fileID: `cloud://env.b/${cloudPath}` });
          setTimeout(done, 0);
          return { onProgressUpdate: (tell: (of: { progress: number }) => void) => tell({ progress: 40 }) };
        },
        callFunction: ({ name, data }: { name: string; data: Omit<Call, 'name'> }) =>
          answer(phone, { name, ...data }),
      },
      onNetworkStatusChange: (listener: (status: { isConnected: boolean }) => void) =>
        void networkListeners.add(listener),
      offNetworkStatusChange: (listener: (status: { isConnected: boolean }) => void) =>
        void networkListeners.delete(listener),
      onKeyDown: (listener: (event: { key: string }) => void) => void keyListeners.add(listener),
      offKeyDown: (listener: (event: { key: string }) => void) => void keyListeners.delete(listener),
      getStorageSync: (key: string) => phone.storage.get(key) ?? '',
      removeStorageSync: (key: string) => void phone.storage.delete(key),
      setStorageSync: (key: string, value: unknown) => void phone.storage.set(key, value),
      getAppBaseInfo: () => ({ language: 'zh_CN', SDKVersion: '3.8.0', theme: phone.theme }),
      onThemeChange: (listener: () => void) => void themeListeners.add(listener),
      offThemeChange: (listener: () => void) => void themeListeners.delete(listener),
      getAccountInfoSync: () => ({ miniProgram: { envVersion: 'trial' } }),
      getEnterOptionsSync: () => ({ scene: phone.scene }),
      setNavigationBarColor: ({ backgroundColor }: { backgroundColor: string }) =>
        void phone.bars.push(backgroundColor),
      getWindowInfo: () => ({ statusBarHeight: 47, windowWidth: 390, windowHeight: 720, pixelRatio: 3 }),
      getDeviceInfo: () => ({ platform: 'ios' }),
      navigateTo: go('navigateTo'),
      redirectTo: go('redirectTo'),
      switchTab: go('switchTab'),
      navigateBack: go('navigateBack'),
      setNavigationBarTitle: ({ title }: { title: string }) => void phone.titles.push(title),
      setTabBarItem: () => undefined,
      setTabBarBadge: ({ text }: { text: string }) => void (phone.badge = text),
      removeTabBarBadge: () => void (phone.badge = ''),
      requestSubscribeMessage: async ({ tmplIds }: { tmplIds: string[] }) => {
        phone.asked.push(tmplIds);
        const said = phone.subscription;
        if (said instanceof Error) throw said;
        return { ...Object.fromEntries(tmplIds.map((id) => [id, said])), errMsg: 'ok' };
      },
      chooseMedia: async ({ count }: { count: number }) => {
        if (phone.pictures.length === 0) throw { errMsg: 'chooseMedia:fail cancel' };
        return { tempFiles: phone.pictures.splice(0, count) };
      },
      compressImage: async ({ src }: { src: string }) => {
        if (phone.smaller === '') throw { errMsg: 'compressImage:fail' };
        return { tempFilePath: src.replace(/\.\w+$/, phone.smaller) };
      },
      stopPullDownRefresh: () => undefined,
      pageScrollTo: async () => undefined,
      showToast: ({ title }: { title: string }) => void phone.toasts.push(title),
      showModal: async ({ title = '', content = '' }: { title?: string; content?: string }) => {
        phone.questions.push(`${title}${content}`);
        return { confirm: phone.confirm };
      },
      addPhoneCalendar: async (event: Record<string, unknown>) => void phone.calendar.push(event),
      getScreenBrightness: async () => ({ value: phone.light }),
      setScreenBrightness: async ({ value }: { value: number }) => void (phone.light = value),
      setKeepScreenOn: async () => undefined,
      env: { USER_DATA_PATH: 'wxfile://usr' },
      getFileSystemManager: () => ({
        writeFileSync: (path: string, text: string) => void phone.files.set(path, text),
        unlinkSync: (path: string) => void phone.files.delete(path),
      }),
      shareFileMessage: async ({ filePath }: { filePath: string }) => void phone.shared.push(filePath),
      setClipboardData: async ({ data }: { data: string }) => void phone.clipboard.push(data),
      saveImageToPhotosAlbum: async ({ filePath }: { filePath: string }) => {
        if (phone.albumRefusal !== '') throw { errMsg: phone.albumRefusal };
        phone.album.push(filePath);
      },
      openSetting: async () => {
        phone.settingsOpened += 1;
        if (phone.allowsAlbum) phone.albumRefusal = '';
        return { authSetting: { 'scope.writePhotosAlbum': phone.allowsAlbum } };
      },
      canvasToTempFilePath: async () => ({ tempFilePath: 'wxfile://tmp_1.png' }),
      previewImage: ({ current = '' }: { current?: string }) => void phone.shared.push(current),
      scanCode: async () => {
        const scan = phone.scans.shift() ?? { errMsg: 'scanCode:fail cancel' };
        if (typeof scan === 'string') return { result: scan };
        throw scan;
      },
    },
  });
  return phone;
}

async function answer(phone: Phone, call: Call): Promise<{ result: unknown }> {
  phone.calls.push(call);
  const given = phone.answers[call.action] as Answer<unknown> | undefined;
  if (given === undefined) return { result: fault('UNSUPPORTED') };
  return { result: typeof given === 'function' ? await given(call.input as never) : given };
}
