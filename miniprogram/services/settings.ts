import type { Language } from '../i18n/index';
import { isRecord, readStored, store } from './storage';

export interface Settings {
  /** `follow`: the language that WeChat itself is shown in */
  language: Language | 'follow';
  largeText: boolean;
  /** Cards and drawings come without sliding */
  lessMotion: boolean;
}

const KEY = 'settings';
let current: Settings | undefined;

export function settings(): Settings {
  current ??= parse(readStored(KEY));
  return current;
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...settings(), ...change };
  store(KEY, current);
}

/** The language the pages speak now. */
export function language(): Language {
  const chosen = settings().language;
  if (chosen !== 'follow') return chosen;
  return wx.getAppBaseInfo().language.startsWith('zh') ? 'zh-CN' : 'en';
}

function parse(stored: unknown): Settings {
  const value = isRecord(stored) ? stored : {};
  const chosen = value['language'];
  return {
    language: chosen === 'zh-CN' || chosen === 'en' ? chosen : 'follow',
    largeText: value['largeText'] === true,
    lessMotion: value['lessMotion'] === true,
  };
}
