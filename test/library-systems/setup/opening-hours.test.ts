import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { configuredHours, OpeningHours } from '../../../library-systems/setup/opening-hours';

const hours = v.parse(OpeningHours, {
  MAIN: {
    week: { mon: ['08:00-12:00', '14:00-24:00'], sun: ['09:00-17:00'] },
    days: {
      '2026-10-01': { intervals: [], note: '国庆节闭馆' },
      '2026-10-06': { intervals: ['10:00-12:00'] },
    },
  },
});

describe('configured opening hours', () => {
  it('tell for each day asked what the week or the single day says', async () => {
    const { openingHours } = configuredHours(hours);
    expect(await openingHours('MAIN', '2026-10-04', '2026-10-06')).toEqual([
      { date: '2026-10-04', intervals: [{ from: '09:00', to: '17:00' }] },
      {
        date: '2026-10-05',
        intervals: [
          { from: '08:00', to: '12:00' },
          { from: '14:00', to: '24:00' },
        ],
      },
      { date: '2026-10-06', intervals: [{ from: '10:00', to: '12:00' }] },
    ]);
    expect(await openingHours('MAIN', '2026-10-01', '2026-10-01')).toEqual([
      { date: '2026-10-01', intervals: [], note: '国庆节闭馆' },
    ]);
  });

  it('say nothing of a branch that is not configured, whatever its code', async () => {
    const { openingHours } = configuredHours(hours);
    expect(await openingHours('EAST', '2026-10-04', '2026-10-04')).toEqual([]);
    expect(await openingHours('constructor', '2026-10-04', '2026-10-04')).toEqual([]);
  });

  it.each([
    [{ mon: ['8:00-22:00'] }, 'must be written as 08:00-22:00'],
    [{ mon: ['22:00-08:00'] }, 'must end after it begins'],
    [{ mon: ['08:00-12:00', '11:00-14:00'] }, 'without overlapping'],
    [{ monday: [] }, 'never'],
  ])('refuse %j', (week, message) => {
    const { issues } = v.safeParse(OpeningHours, { MAIN: { week } });
    expect(issues?.map((issue) => issue.message).join()).toContain(message);
  });
});
