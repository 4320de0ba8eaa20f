import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dateText, dayNumber, LocalClock } from '../../../cloudfunctions/features/report/engine/local-clock';
import { readMoment } from '../../../cloudfunctions/features/report/engine/read-moment';

const ZONES = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'UTC',
];

describe('a library’s clock', () => {
  it('shows at every second what Intl says, in summer time and out of it, and asks it seldom', () => {
    const second = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) / 1_000 });
    const clocks = new Map(ZONES.map((zone) => [zone, new LocalClock(zone)]));
    const zone = fc.constantFrom(...ZONES);
    fc.assert(
      fc.property(zone, second, (timeZone, utc) => {
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
        const { day, second: ofDay } = clocks.get(timeZone)!.read(utc);
        const time = new Date(ofDay * 1_000).toISOString().slice(11, 19);
        expect(`${dateText(day)} ${time}`).toBe(shown.format(utc * 1_000));
      }),
      { numRuns: 400 },
    );
  });

  it('shows the hours around each change of the clocks', () => {
    const clock = new LocalClock('Europe/Berlin');
    const shown = new Intl.DateTimeFormat('sv-SE', {
      ...{ timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'medium' },
    });
    for (const change of [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)])
      for (let minutes = -2_000; minutes <= 2_000; minutes += 7) {
        const utc = change / 1_000 + minutes * 60;
        const { day, second } = clock.read(utc);
        const time = new Date(second * 1_000).toISOString().slice(11, 19);
        expect(`${dateText(day)} ${time}`).toBe(shown.format(utc * 1_000));
      }
  });

  it('does not start in a zone that there is not', () => {
    expect(() => new LocalClock('Mars/Olympus')).toThrow(RangeError);
  });
});

describe('the number of a day', () => {
  it('is that of the calendar, and none for days that it does not have', () => {
    const field = fc.tuple(
      fc.integer({ min: 1, max: 9_999 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
    );
    fc.assert(
      fc.property(field, ([year, month, day]) => {
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        expect(dayNumber(year, month, day)).toBe(real ? date.getTime() / 86_400_000 : Number.NaN);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a source’s words for a moment', () => {
  const clock = new LocalClock('Asia/Shanghai');

  it.each([
    ['2026-03-01', '2026-03-01', -1],
    ['2026-03-01T10:20', '2026-03-01', 37_200],
    ['2026-03-01 10:20:30', '2026-03-01', 37_230],
    ['2026-03-01T10:20:30.123456', '2026-03-01', 37_230],
    ['2026-03-01T10:20:30Z', '2026-03-01', 66_030],
    ['2026-03-01T20:20:30.5Z', '2026-03-02', 15_630],
    ['2026-03-01T10:20:30+08:00', '2026-03-01', 37_230],
    ['2026-03-01T10:20+0530', '2026-03-01', 46_200],
    ['2026-03-01T23:00:00-12:00', '2026-03-02', 68_400],
  ])('reads %s', (text, date, second) => {
    const moment = readMoment(text, clock)!;
    expect({ date: dateText(moment.day), second: moment.second }).toEqual({ date, second });
  });

  it.each([
    ...[
      '',
      '2026',
      '2026-3-1',
      '2026/03/01',
      '20260301',
      '2026-03-01T',
      '2026-03-01T10',
      '2026-03-01T1:20:30',
    ],
    ...[
      '2026-03-01T10:20:3',
      '2026-03-01T10:20:30+8',
      '2026-03-01T10:20:30+24:00',
      '2026-03-01T10:20:30+08:60',
    ],
    ...[
      '2026-03-01T10:20:30 CST',
      '+2026-03-01',
      '２０２６-03-01',
      '2026-03-01T10:20:30+08:0a',
      '2026-03-0a',
    ],
  ])('does not guess at %j', (text) => {
    expect(readMoment(text, clock)).toBeUndefined();
  });

  it('never fails, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({ maxLength: 12 }),
        (text, tail) => {
          readMoment(text, clock);
          readMoment(`2026-03-01T10:20:30${tail}`, clock);
        },
      ),
    );
  });
});
