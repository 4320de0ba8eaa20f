import { readList, store } from './storage';

const KEY = 'searches';
const LIMIT = 12;

/** What was searched for on this phone, latest first. */
export function searchHistory(): string[] {
  return readList(KEY, (value): value is string => typeof value === 'string');
}

export function rememberSearch(text: string): void {
  store(KEY, [text, ...searchHistory().filter((other) => other !== text)].slice(0, LIMIT));
}

export function clearSearchHistory(): void {
  store(KEY, []);
}
