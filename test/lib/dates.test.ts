import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { daysUntil, dayText, momentText, relativeDay, today } from '../../miniprogram/lib/dates';

const NOW = '2026-11-21';

describe('dayText', () => {
  it.each([
    ['2026-11-28', '11 月 28 日', '28 Nov'],
    ['2026-11-28T23:59:00+08:00', '11 月 28 日', '28 Nov'],
    ['2027-01-03', '2027 年 1 月 3 日', '3 Jan 2027'],
    ['2025-12-31', '2025 年 12 月 31 日', '31 Dec 2025'],
  ])('%s is %s, %s', (date, zh, en) => {
    expect(dayText(date, 'zh-CN', NOW)).toBe(zh);
    expect(dayText(date, 'en', NOW)).toBe(en);
  });
});

describe('relativeDay', () => {
  it.each([
    ['2026-11-21', '今天', 'today'],
    ['2026-11-22', '明天', 'tomorrow'],
    ['2026-11-20', '昨天', 'yesterday'],
    ['2026-11-24', '3 天后', 'in 3 days'],
    ['2026-11-11', '10 天前', '10 days ago'],
    ['2026-12-01T00:10:00+08:00', '10 天后', 'in 10 days'],
  ])('%s is %s, %s', (date, zh, en) => {
    expect(relativeDay(date, 'zh-CN', NOW)).toBe(zh);
    expect(relativeDay(date, 'en', NOW)).toBe(en);
  });
});

describe('daysUntil', () => {
  it('counts calendar days, over months, leap years and changes of the clock', () => {
    expect(daysUntil('2028-03-01', '2028-02-28')).toBe(2);
    const day = fc.integer({ min: 0, max: 30_000 });
    const iso = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10);
    fc.assert(fc.property(day, day, (a, b) => daysUntil(iso(b), iso(a)) === b - a));
  });
});

describe('momentText', () => {
  it('names the day only when it is not today', () => {
    const now = new Date(2026, 10, 21, 18, 0);
    expect(momentText(new Date(2026, 10, 21, 9, 5).getTime(), 'zh-CN', now)).toBe('09:05');
    expect(momentText(new Date(2026, 10, 20, 14, 32).getTime(), 'zh-CN', now)).toBe('11 月 20 日 14:32');
    expect(momentText(new Date(2026, 10, 20, 14, 32).toISOString(), 'en', now)).toBe('20 Nov 14:32');
  });

  it('reads the day off the phone', () => {
    expect(today(new Date(2026, 0, 2, 23, 59))).toBe('2026-01-02');
  });
});
