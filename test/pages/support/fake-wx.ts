import { dictionary } from '../../../miniprogram/i18n';
import type { ReaderAction, ReaderOutput } from '../../../contracts';
import type { Result } from '../../../contracts/result';

type Answers = { [A in ReaderAction]?: Answer<A> };
type Answer<A extends ReaderAction> =
  Result<ReaderOutput<A>> | ((input: never) => Result<ReaderOutput<A>> | Promise<Result<ReaderOutput<A>>>);

export interface Call {
  action: ReaderAction;
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
}

export const ok = <T>(data: T): Result<T> => ({ ok: true, data });
export const fault = (code: string, requestId = 'r-42'): Result<never> => ({
  ok: false,
  error: { code: code as 'INTERNAL', retryable: false, requestId },
});

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
  };
  const go =
    (how: string) =>
    async ({ url = '' }: { url?: string } = {}) => {
      phone.visits.push(`${how} ${url}`.trim());
    };
  Object.assign(globalThis, {
    getApp: () => ({}),
    getCurrentPages: () => [{}, {}],
    wx: {
      cloud: { callFunction: ({ data }: { data: Call }) => answer(phone, data) },
      getStorageSync: (key: string) => phone.storage.get(key) ?? '',
      setStorageSync: (key: string, value: unknown) => void phone.storage.set(key, value),
      getAppBaseInfo: () => ({ language: 'zh_CN', SDKVersion: '3.8.0' }),
      getWindowInfo: () => ({ statusBarHeight: 47 }),
      getDeviceInfo: () => ({ platform: 'ios' }),
      navigateTo: go('navigateTo'),
      redirectTo: go('redirectTo'),
      switchTab: go('switchTab'),
      navigateBack: go('navigateBack'),
      setNavigationBarTitle: ({ title }: { title: string }) => void phone.titles.push(title),
      setTabBarItem: () => undefined,
      stopPullDownRefresh: () => undefined,
      showToast: ({ title }: { title: string }) => void phone.toasts.push(title),
      showModal: async () => ({ confirm: phone.confirm }),
      setClipboardData: async ({ data }: { data: string }) => void phone.clipboard.push(data),
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
  const given = phone.answers[call.action] as Answer<ReaderAction> | undefined;
  if (given === undefined) return { result: fault('UNSUPPORTED') };
  return { result: typeof given === 'function' ? await given(call.input as never) : given };
}
