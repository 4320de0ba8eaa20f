import { choosePlural, fill, type Language } from '../../../i18n/index';
import { en } from './en/index';
import { zhCN, type ReportWords } from './zh-CN/index';

export type { ReportWords };

const DICTIONARIES: Record<Language, ReportWords> = { 'zh-CN': zhCN, en };

export function reportWords(language: Language): ReportWords {
  return DICTIONARIES[language];
}

export type Values = Record<string, string | number>;

/**
 * As `fill`, with numbers grouped, and one of two words by a number: `say('{n} {n|book|books}', { n: 1 })`.
 */
export function say(text: string, values: Values): string {
  const grouped = Object.entries(values).map(([name, value]) => [name, grouping(value)]);
  return fill(choosePlural(text, values), Object.fromEntries(grouped) as Values);
}

/** 12,345: from ten thousand on, so that a year stays a year. */
export function grouping(value: string | number): string {
  if (typeof value === 'string' || value < 10_000) return String(value);
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
