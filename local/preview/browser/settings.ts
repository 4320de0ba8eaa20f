import personas from '../personas.json';
import type { ThemeName } from './program';

/** What the switches beside the phone decide. Kept in localStorage: the frame writes, the page in the phone reads. */
export interface Settings {
  openid: string;
  language: 'zh_CN' | 'en';
  theme: 'system' | ThemeName;
  /** WeChat's text size in px; 17 is its standard. */
  textSize: number;
  network: 'online' | 'slow' | 'offline';
}

export interface Persona {
  openid: string;
  name: string;
  about: string;
  nameEn: string;
  aboutEn: string;
}

export const PERSONAS: Persona[] = personas;
const KEY = 'preview.settings';
const DEFAULTS: Settings = {
  openid: PERSONAS[0]?.openid ?? '',
  language: 'zh_CN',
  theme: 'system',
  textSize: 17,
  network: 'online',
};

export function readSettings(): Settings {
  const saved = localStorage.getItem(KEY);
  return saved === null ? DEFAULTS : { ...DEFAULTS, ...(JSON.parse(saved) as Partial<Settings>) };
}

export function writeSettings(change: Partial<Settings>): Settings {
  const settings = { ...readSettings(), ...change };
  localStorage.setItem(KEY, JSON.stringify(settings));
  return settings;
}

/** Calls back when another document of the preview has changed a setting. */
export function onSettingsChange(listener: (now: Settings, before: Settings) => void): void {
  addEventListener('storage', (event) => {
    if (event.key !== KEY || event.newValue === null) return;
    const before = event.oldValue === null ? {} : (JSON.parse(event.oldValue) as Partial<Settings>);
    listener(readSettings(), { ...DEFAULTS, ...before });
  });
}

/** True when the texts of the preview itself are English. */
export const inEnglish = (): boolean => readSettings().language === 'en';

/** One of two texts, by the chosen language. */
export const text = (zh: string, en: string): string => (inEnglish() ? en : zh);
