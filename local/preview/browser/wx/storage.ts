import { readSettings } from '../settings';
import { asyncCall } from './call';

const MAX_VALUE = 1024 * 1024;
const LIMIT_KB = 10 * 1024;

/** Every persona has a storage of their own, as every phone has. */
const prefix = (): string => `mp:${readSettings().openid}:`;

const keys = (): string[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix()))
    .map((key) => key.slice(prefix().length));

function getStorageSync(key: string): unknown {
  const saved = localStorage.getItem(prefix() + key);
  return saved === null ? '' : (JSON.parse(saved) as { data?: unknown }).data;
}

function setStorageSync(key: string, data: unknown): void {
  if (typeof key !== 'string' || key === '')
    throw new Error('setStorageSync:fail parameter error: key should be a string');
  const value = JSON.stringify({ data });
  if (value.length > MAX_VALUE) throw new Error('setStorageSync:fail entry size limit reached');
  localStorage.setItem(prefix() + key, value);
}

function removeStorageSync(key: string): void {
  localStorage.removeItem(prefix() + key);
}

function clearStorageSync(): void {
  for (const key of keys()) removeStorageSync(key);
}

function getStorageInfoSync(): { keys: string[]; currentSize: number; limitSize: number } {
  const bytes = keys().reduce((sum, key) => sum + (localStorage.getItem(prefix() + key)?.length ?? 0), 0);
  return { keys: keys(), currentSize: Math.ceil(bytes / 1024), limitSize: LIMIT_KB };
}

interface Key {
  key: string;
}

export const storage = {
  getStorageSync,
  setStorageSync,
  removeStorageSync,
  clearStorageSync,
  getStorageInfoSync,
  getStorage: asyncCall<Key & { encrypt?: boolean }>('getStorage', ['key', 'encrypt'], ({ key }) => {
    if (!keys().includes(key)) throw new Error('data not found');
    return { data: getStorageSync(key) };
  }),
  setStorage: asyncCall<Key & { data: unknown; encrypt?: boolean }>(
    'setStorage',
    ['key', 'data', 'encrypt'],
    ({ key, data }) => {
      setStorageSync(key, data);
    },
  ),
  removeStorage: asyncCall<Key>('removeStorage', ['key'], ({ key }) => {
    removeStorageSync(key);
  }),
  clearStorage: asyncCall('clearStorage', [], clearStorageSync),
  getStorageInfo: asyncCall('getStorageInfo', [], getStorageInfoSync),
};
