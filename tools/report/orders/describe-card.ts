import type { SampleCard } from '../../../contracts/report/shared';
import { clcClass } from '../../../miniprogram/lib/clc';
import type { Says } from '../../staff/says';
import { inThousands as n } from '../loans/show-progress';

type Kind = SampleCard['kind'];

const DESCRIBE: { [K in Kind]: (card: Extract<SampleCard, { kind: K }>) => Says } = {
  totals: ({ loans, titles, authors }) => ({
    en: `totals: ${n(loans)} loans, ${n(titles)} titles, ${n(authors)} authors`,
    zh: `总数：${n(loans)} 次，${n(titles)} 种，${n(authors)} 位作者`,
  }),
  peakMonth: ({ month, loans }) => ({
    en: `peak month: ${month}, ${loans} loans`,
    zh: `最忙的月份：${month}，${loans} 次`,
  }),
  peakTime: ({ hour, hourLoans, weekday, weekdayLoans }) => ({
    en: `peak time: ${hour}:00 (${hourLoans}), weekday ${weekday} (${weekdayLoans})`,
    zh: `最常来的时间：${hour} 点，星期${'一二三四五六日'.charAt(weekday - 1)}`,
  }),
  topClass: ({ clc, loans, diversity }) => ({
    en: `top class: ${clc} ${clcClass(clc)?.en ?? ''}, ${loans} loans, diversity ${diversity.toFixed(2)}`,
    zh: `最爱的类别：${clcClass(clc)?.zh ?? clc}`,
  }),
  onTime: ({ onTime, returned }) => ({
    en: `on time: ${onTime} of ${returned}`,
    zh: `按时归还：${onTime}/${returned}`,
  }),
  libraryDays: ({ days, streakWeeks }) => ({
    en: `library days: ${days}, ${streakWeeks} weeks in a row`,
    zh: `在馆 ${days} 天，连续 ${streakWeeks} 周`,
  }),
  percentile: ({ percent }) => ({
    en: `percentile: ${percent} %`,
    zh: `位次：超过 ${percent}%`,
  }),
  persona: ({ persona }) => ({ en: `persona: ${persona}`, zh: '阅读画像' }),
  libraryYear: ({ loans, titles }) => ({
    en: `library’s year: ${n(loans)} loans, ${n(titles)} titles`,
    zh: `全馆这一年：${n(loans)} 次，${n(titles)} 种`,
  }),
};

/** A card in a line. */
export function describeCard<C extends SampleCard>(card: C): Says {
  const describe = DESCRIBE[card.kind] as unknown as (card: C) => Says;
  return describe(card);
}
