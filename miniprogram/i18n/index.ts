import { en } from './en/index';
import { zhCN, type Texts } from './zh-CN/index';

export type { Texts };
export type Language = 'zh-CN' | 'en';

const DICTIONARIES: Record<Language, Texts> = { 'zh-CN': zhCN, en };

export function dictionary(language: Language): Texts {
  return DICTIONARIES[language];
}

/** Puts values in the places that a text names: `fill('{n} 本', { n: 3 })`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** One of two words by a number, with the places left as they are: `choosePlural('{n} {n|book|books}', { n: 1 })`. */
export function choosePlural(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (_, name: string, one: string, other: string) =>
    values[name] === 1 ? one : other,
  );
}
