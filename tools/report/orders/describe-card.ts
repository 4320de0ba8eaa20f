import type { Card, CardKind, CardOf } from '../../../contracts/report/cards';
import type { ReportBook } from '../../../contracts/report/fields';
import { clcClass } from '../../../miniprogram/lib/clc';
import type { Says } from '../../staff/says';
import { printable } from '../loans/printable';
import { inThousands as n } from '../loans/show-progress';

const bookOf = ({ title, author, bibId }: ReportBook): string =>
  printable([title ?? bibId ?? '–', ...(author === undefined ? [] : [author])].join(' · '));

/** `few`: fewer than are given as a number. */
export const borrowersOf = (borrowers: number | 'few'): string =>
  borrowers === 'few' ? '< 5' : n(borrowers);

const REASONS = {
  sameAuthor: '同一作者',
  topClass: '最爱的类别',
  newClass: '新的类别',
  mostBorrowed: '借的人最多',
  onShelf: '在架',
};

const DESCRIBE: { [K in CardKind]: (card: CardOf<K>) => Says } = {
  totals: ({ loans, titles, authors }) => ({
    en: `totals: ${n(loans)} loans, ${n(titles)} titles, ${n(authors)} authors`,
    zh: `总数：${n(loans)} 次，${n(titles)} 种，${n(authors)} 位作者`,
  }),
  firstBook: ({ book, on }) => ({ en: `first book: ${on}, ${bookOf(book)}`, zh: `第一本书` }),
  peakMonth: ({ month, loans }) => ({
    en: `peak month: ${month}, ${loans} loans`,
    zh: `最忙的月份：${month}，${loans} 次`,
  }),
  peakTime: ({ hour, hourLoans, weekday, weekdayLoans }) => ({
    en: `peak time: ${hour}:00 (${hourLoans}), weekday ${weekday} (${weekdayLoans})`,
    zh: `最常来的时间：${hour} 点，星期${'一二三四五六日'.charAt(weekday - 1)}`,
  }),
  longestCompanion: ({ book, days, open }) => ({
    en: `longest companion: ${days} days${open ? ', still out' : ''}, ${bookOf(book)}`,
    zh: `陪伴最久：${days} 天${open ? '（未还）' : ''}`,
  }),
  quickest: ({ book, days }) => ({
    en: `quickest: ${days} days, ${bookOf(book)}`,
    zh: `读得最快：${days} 天`,
  }),
  topClass: ({ clc, loans, diversity }) => ({
    en: `top class: ${clc} ${clcClass(clc)?.en ?? ''}, ${loans} loans, diversity ${diversity.toFixed(2)}`,
    zh: `最爱的类别：${clcClass(clc)?.zh ?? clc}`,
  }),
  topAuthor: ({ author, titles, loans }) => ({
    en: `top author: ${printable(author)}, ${titles} titles, ${loans} loans`,
    zh: `最爱的作者`,
  }),
  cameBackTo: ({ book, loans }) => ({
    en: `came back to: ${bookOf(book)}, ${loans} times`,
    zh: `一借再借：${loans} 次`,
  }),
  popularity: ({ popular, niche }) => ({
    en: [
      ...(popular ? [`popular: ${bookOf(popular.book)}, ${borrowersOf(popular.borrowers)} readers`] : []),
      ...(niche ? [`niche: ${bookOf(niche.book)}, ${borrowersOf(niche.borrowers)} readers`] : []),
    ].join('; '),
    zh: '热门与小众',
  }),
  onTime: ({ onTime, returned }) => ({
    en: `on time: ${onTime} of ${returned}`,
    zh: `按时归还：${onTime}/${returned}`,
  }),
  libraryDays: ({ days, streakWeeks }) => ({
    en: `library days: ${days}, ${streakWeeks} weeks in a row`,
    zh: `在馆 ${days} 天，连续 ${streakWeeks} 周`,
  }),
  percentile: ({ percent, readerType }) => ({
    en: `percentile: ${percent} % among ${printable(readerType)}`,
    zh: `位次：超过 ${percent}%`,
  }),
  keywords: ({ words }) => ({
    en: `keywords: ${printable(words.map(({ word, titles }) => `${word} ${titles}`).join(', '), 100)}`,
    zh: '关键词',
  }),
  persona: ({ persona, how: { part, whole } }) => ({
    en: `persona: ${persona} (${part} of ${whole})`,
    zh: '阅读画像',
  }),
  nextThree: ({ books }) => ({
    en: `next three: ${books.map(({ book, reason }) => `${bookOf(book)} (${reason})`).join('; ')}`,
    zh: `接下来读：${books.map(({ reason }) => REASONS[reason]).join('、')}`,
  }),
  libraryYear: ({ loans, titles }) => ({
    en: `library’s year: ${n(loans)} loans, ${n(titles)} titles`,
    zh: `全馆这一年：${n(loans)} 次，${n(titles)} 种`,
  }),
};

/** A card in a line. Its title and names stand in the English part only. */
export function describeCard<C extends Card>(card: C): Says {
  const describe = DESCRIBE[card.kind] as unknown as (card: C) => Says;
  return describe(card);
}
