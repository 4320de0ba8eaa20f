import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  localDate,
  localDateOf,
  zonedTimestamp,
  zonedTimestampOf,
} from '../../../library-systems/zoned-time';

describe('a wall clock’s time', () => {
  it('gets the offset that its zone has on that day', () => {
    const summer = { year: 2026, month: 7, day: 1, hour: 23, minute: 59 };
    expect(zonedTimestamp(summer, 'Asia/Shanghai')).toBe('2026-07-01T23:59:00+08:00');
    expect(zonedTimestamp(summer, 'Europe/Berlin')).toBe('2026-07-01T23:59:00+02:00');
    expect(zonedTimestamp({ ...summer, month: 12 }, 'Europe/Berlin')).toBe('2026-12-01T23:59:00+01:00');
    expect(zonedTimestamp(summer, 'America/St_Johns')).toBe('2026-07-01T23:59:00-02:30');
    expect(zonedTimestamp({ year: 2026, month: 1, day: 2 }, 'UTC')).toMatch(
      /^2026-01-02T00:00:00(Z|\+00:00)$/,
    );
  });

  it.each([
    { year: 2026, month: 2, day: 30 },
    { year: 2026, month: 13, day: 1 },
    { year: 2026, month: 0, day: 1 },
    { year: Number.NaN, month: 1, day: 1 },
    { year: 2026, month: 1, day: 1, hour: 24 },
    { year: 2026, month: 1, day: 1, minute: 60 },
    { year: 2026, month: 1, day: 1, second: 61 },
    { year: 2026, month: 1, day: 1, hour: Number.NaN },
    { year: 1900, month: 1, day: 1 },
    { year: 12_026, month: 1, day: 1 },
  ])('is refused where no clock shows it: %j', (wall) => {
    expect(zonedTimestamp(wall, 'Asia/Shanghai')).toBeUndefined();
  });

  it('is one of the two where clocks go back, and a time that is skipped is still a time', () => {
    const at = (month: number, day: number, hour: number) =>
      zonedTimestamp({ year: 2026, month, day, hour, minute: 30 }, 'Europe/Berlin')!;
    expect(at(10, 25, 2)).toMatch(/^2026-10-25T02:30:00\+0[12]:00$/);
    expect(at(10, 25, 1)).toBe('2026-10-25T01:30:00+02:00');
    expect(at(10, 25, 4)).toBe('2026-10-25T04:30:00+01:00');
    expect(Number.isNaN(Date.parse(at(3, 29, 2)))).toBe(false);
    expect(at(3, 29, 1)).toBe('2026-03-29T01:30:00+01:00');
    expect(at(3, 29, 3)).toBe('2026-03-29T03:30:00+02:00');
  });

  it('names the same day as it was given, in any zone', () => {
    const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    const zone = fc.constantFrom(
      'Asia/Shanghai',
      'Europe/Berlin',
      'America/New_York',
      'UTC',
      'Asia/Kathmandu',
    );
    fc.assert(
      fc.property(day, zone, (date, timeZone) => {
        const wall = {
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          hour: 23,
          minute: 59,
        };
        const stamp = zonedTimestamp(wall, timeZone)!;
        expect(stamp.slice(0, 10)).toBe(localDate(wall));
        expect(localDateOf(Date.parse(stamp), timeZone)).toBe(localDate(wall));
        expect(Date.parse(zonedTimestampOf(Date.parse(stamp), timeZone))).toBe(Date.parse(stamp));
      }),
    );
  });
});
