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
  ])('is refused where no clock shows it: %j', (wall) => {
    expect(zonedTimestamp(wall, 'Asia/Shanghai')).toBeUndefined();
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
