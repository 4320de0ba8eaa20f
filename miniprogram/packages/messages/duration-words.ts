import { say, type MessagesWords } from './words/index';

/** "20 分钟内", "6 小时内", "3 天内": rounded up, so that it is not promised sooner than it is. */
export function durationWords(minutes: number, { duration: t }: MessagesWords): string {
  if (minutes <= 50) return say(t.minutes, { n: Math.max(10, Math.ceil(minutes / 10) * 10) });
  if (minutes <= 36 * 60) return say(t.hours, { n: Math.ceil(minutes / 60) });
  return say(t.days, { n: Math.ceil(minutes / 1_440) });
}
