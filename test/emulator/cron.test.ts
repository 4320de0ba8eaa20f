import fc from 'fast-check';
import { nextFiring, parseCron } from '../../local/emulator/timers/cron';

const at = (text: string): number => Date.parse(text);
const next = (expression: string, after: string): string | undefined => {
  const moment = nextFiring(parseCron(expression), at(after));
  return moment === undefined
    ? undefined
    : new Date(moment + 8 * 3_600_000).toISOString().replace('.000Z', '+08:00');
};

describe('cron expressions of the platform', () => {
  it.each([
    // the examples of the platform's documentation
    ['*/5 * * * * * *', '2026-11-21T10:00:01+08:00', '2026-11-21T10:00:05+08:00'],
    ['0 0 2 1 * * *', '2026-11-21T10:00:00+08:00', '2026-12-01T02:00:00+08:00'],
    ['0 15 10 * * MON-FRI *', '2026-11-21T10:00:00+08:00', '2026-11-23T10:15:00+08:00'],
    ['0 0 10,14,16 * * * *', '2026-11-21T10:00:00+08:00', '2026-11-21T14:00:00+08:00'],
    ['0 */30 9-17 * * * *', '2026-11-21T17:30:00+08:00', '2026-11-22T09:00:00+08:00'],
    ['0 0 12 * * WED *', '2026-11-21T10:00:00+08:00', '2026-11-25T12:00:00+08:00'],
    // from 1 on, every 10
    ['0 1/10 * * * * *', '2026-11-21T10:00:00+08:00', '2026-11-21T10:01:00+08:00'],
    ['0 1/10 * * * * *', '2026-11-21T10:51:00+08:00', '2026-11-21T11:01:00+08:00'],
    // day and weekday given: either is enough; 0 is Sunday
    ['0 0 0 25 * 0 *', '2026-11-21T10:00:00+08:00', '2026-11-22T00:00:00+08:00'],
    ['0 0 0 25 * 0 *', '2026-11-22T00:00:00+08:00', '2026-11-25T00:00:00+08:00'],
    // the clock is China's, whatever this machine's is
    ['0 0 0 * * * *', '2026-12-31T15:59:59Z', '2027-01-01T00:00:00+08:00'],
    ['0 0 0 29 FEB * *', '2026-11-21T10:00:00+08:00', '2028-02-29T00:00:00+08:00'],
    ['59 59 23 31 12 * 2099', '2026-11-21T10:00:00+08:00', '2099-12-31T23:59:59+08:00'],
  ])('%s after %s fires at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it.each(['0 0 0 1 1 * 2020', '0 0 0 31 2 * *', '0 0 0 30 FEB * 2030'])(
    '%s never fires again',
    (expression) => {
      expect(next(expression, '2026-11-21T10:00:00+08:00')).toBeUndefined();
    },
  );

  it.each([
    '* * * * * *',
    '* * * * * * * *',
    '',
    '60 * * * * * *',
    '* * 24 * * * *',
    '* * * 0 * * *',
    '* * * * 13 * *',
    '* * * * * 7 *',
    '* * * * * * 1969',
    '*/0 * * * * * *',
    '5-1 * * * * * *',
    '1,,2 * * * * * *',
    'MON * * * * * *',
    '? * * * * * *',
    '-1 * * * * * *',
    '1.5 * * * * * *',
    '1-2-3 * * * * * *',
  ])('refuses "%s"', (expression) => {
    expect(() => parseCron(expression)).toThrow(/cron/);
  });

  it('agrees with trying every second', () => {
    const field = (min: number, max: number): fc.Arbitrary<string> =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min, max }).map(String),
        fc
          .tuple(fc.integer({ min, max }), fc.integer({ min: 1, max: 20 }))
          .map(([from, step]) => `${from}/${step}`),
        fc
          .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
          .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
      );
    const expressions = fc
      .tuple(field(0, 59), field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6))
      .map((fields) => [...fields, '*'].join(' '));
    const SECONDS = 4_000;
    fc.assert(
      fc.property(
        expressions,
        fc.integer({ min: at('2026-01-01'), max: at('2032-01-01') }),
        (expression, after) => {
          const cron = parseCron(expression);
          const start = Math.floor(after / 1000) * 1000;
          const found = nextFiring(cron, after);
          let tried: number | undefined;
          for (
            let moment = start + 1000;
            moment <= start + SECONDS * 1000 && tried === undefined;
            moment += 1000
          ) {
            if (matches(expression, moment)) tried = moment;
          }
          expect(tried).toBe(found !== undefined && found <= start + SECONDS * 1000 ? found : undefined);
          if (found !== undefined) expect(matches(expression, found)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** Independent of the engine: formats the moment in Shanghai and compares field by field. */
function matches(expression: string, moment: number): boolean {
  const local = new Date(moment + 8 * 3_600_000).toISOString();
  const weekday = new Date(moment + 8 * 3_600_000).getUTCDay();
  const values = [
    Number(local.slice(17, 19)),
    Number(local.slice(14, 16)),
    Number(local.slice(11, 13)),
    Number(local.slice(8, 10)),
    Number(local.slice(5, 7)),
    weekday,
    Number(local.slice(0, 4)),
  ];
  const parts = expression.split(' ');
  const hits = parts.map((part, index) => {
    const value = values[index] ?? NaN;
    const [, from, to] = /^(\d+)-(\d+)$/.exec(part) ?? [];
    const [, first, step] = /^(\d+)\/(\d+)$/.exec(part) ?? [];
    if (part === '*') return true;
    if (from !== undefined) return value >= Number(from) && value <= Number(to);
    if (first !== undefined) return value >= Number(first) && (value - Number(first)) % Number(step) === 0;
    return value === Number(part);
  });
  const both = parts[3] !== '*' && parts[5] !== '*';
  const day = both ? hits[3] || hits[5] : hits[3] && hits[5];
  return Boolean(hits[0] && hits[1] && hits[2] && day && hits[4] && hits[6]);
}
