import type { Words } from '../../../../contracts/onboarding/words';

const many = (number: number, one: string, more: string): string => `${number} ${number === 1 ? one : more}`;

export const books = (n: number): Words => ({ zh: `${n} 册`, en: many(n, 'book', 'books') });
export const holds = (n: number): Words => ({ zh: `${n} 个预约`, en: many(n, 'hold', 'holds') });
export const days = (n: number): Words => ({ zh: `${n} 天`, en: many(n, 'day', 'days') });
export const openDays = (n: number): Words => ({ zh: `${n} 个开馆日`, en: many(n, 'open day', 'open days') });
export const lastDays = (n: number): Words => ({
  zh: n === 1 ? '借期的最后一天' : `借期的最后 ${n} 天`,
  en: n === 1 ? 'On the last day of the loan' : `In the last ${n} days of the loan`,
});

const TIMES = ['Not at all', 'Once', 'Twice'];
export const times = (n: number): Words => ({
  zh: n === 0 ? '不能续借' : `${n} 次`,
  en: TIMES[n] ?? `${n} times`,
});

/** @param cents Chinese fen */
export const money = (cents: number): Words => ({
  zh: cents === 0 ? '不收费' : `${(cents / 100).toFixed(2)} 元`,
  en: cents === 0 ? 'Nothing' : `¥${(cents / 100).toFixed(2)}`,
});

/** With a capital, as a sentence begins. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
