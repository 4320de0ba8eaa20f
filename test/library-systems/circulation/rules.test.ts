import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addOpenDays,
  dueDate,
  nextOpenDay,
  openDaysBetween,
} from '../../../library-systems/demo/circulation/due-dates';
import { overdueFen } from '../../../library-systems/demo/circulation/fines';
import { nextFor, positionOf, waitingIn } from '../../../library-systems/demo/circulation/hold-queue';
import {
  ITEM_TYPES,
  loanRule,
  LOAN_RULES,
  MAX_OVERDUE_FEN,
  OVERDUE_FEN_PER_OPEN_DAY,
  READER_TYPES,
} from '../../../library-systems/demo/circulation/policy';
import type { ItemTypeCode, ReaderTypeCode } from '../../../library-systems/demo/circulation/policy';
import { decideRenewal, describeRenewal } from '../../../library-systems/demo/circulation/renewal';
import type { RenewalFacts } from '../../../library-systems/demo/circulation/renewal';
import type { HoldRow } from '../../../library-systems/demo/circulation/rows';
import { addDays, dueOn, localDate } from '../../../library-systems/demo/local-date';
import { isOpenOn, vacationOn } from '../../../library-systems/demo/opening-hours';

const day = fc
  .integer({ min: 0, max: 5 * 365 })
  .map((n) => new Date(Date.UTC(2025, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
const branch = fc.constantFrom('MAIN', 'EAST', 'MED');
const at = (text: string): number => Date.parse(text);

describe('due dates', () => {
  it('fall on open days outside of vacations, never sooner than lent for', () => {
    fc.assert(
      fc.property(branch, day, fc.integer({ min: 1, max: 180 }), (code, from, days) => {
        const due = dueDate(code, from, days);
        expect(isOpenOn(code, due)).toBe(true);
        expect(vacationOn(due)).toBeUndefined();
        expect(due >= addDays(from, days)).toBe(true);
        for (let skipped = addDays(from, days); skipped < due; skipped = addDays(skipped, 1)) {
          expect(isOpenOn(code, skipped) && vacationOn(skipped) === undefined).toBe(false);
        }
      }),
    );
  });

  it('are pushed over the winter vacation, and never beyond the card', () => {
    // 60 days after 21 November lie in the vacation, which ends on 26 February.
    expect(dueDate('MAIN', '2026-11-21', 60)).toBe('2027-02-27');
    expect(dueDate('EAST', '2026-11-21', 60)).toBe('2027-02-27');
    // A Sunday, on which the eastern branch is closed.
    expect(dueDate('EAST', '2026-11-01', 21)).toBe('2026-11-23');
    expect(dueDate('MAIN', '2026-11-21', 60, '2026-12-31')).toBe('2026-12-31');
  });

  it('count the open days that they step over', () => {
    fc.assert(
      fc.property(branch, day, fc.integer({ min: 0, max: 12 }), (code, from, count) => {
        const until = addOpenDays(code, from, count);
        expect(openDaysBetween(code, from, until)).toBe(count);
        expect(nextOpenDay(code, until) === until || count === 0).toBe(true);
      }),
    );
    expect(openDaysBetween('MAIN', '2026-11-21', '2026-11-21')).toBe(0);
    expect(openDaysBetween('EAST', '2026-11-20', '2026-11-23')).toBe(2);
    expect(openDaysBetween('MAIN', '1990-05-31', '1990-06-10')).toBe(10);
  });
});

describe('fines', () => {
  it('grow by open day up to the cap, and begin after the end of the day', () => {
    expect(overdueFen('2026-11-20T23:59:00+08:00', 'EAST', at('2026-11-20T23:59:00+08:00'))).toBe(0);
    expect(overdueFen('2026-11-20T23:59:00+08:00', 'EAST', at('2026-11-21T00:00:00+08:00'))).toBe(
      OVERDUE_FEN_PER_OPEN_DAY,
    );
    // Closed on Sunday: nobody could have brought it.
    expect(overdueFen('2026-11-20T23:59:00+08:00', 'EAST', at('2026-11-22T12:00:00+08:00'))).toBe(
      OVERDUE_FEN_PER_OPEN_DAY,
    );
    expect(overdueFen('2020-11-20T23:59:00+08:00', 'MAIN', at('9999-01-01T00:00:00+08:00'))).toBe(
      MAX_OVERDUE_FEN,
    );
  });

  it('never shrink while a book is out', () => {
    fc.assert(
      fc.property(branch, day, fc.nat(400), fc.nat(30), (code, due, late, more) => {
        const after = (days: number): number =>
          overdueFen(dueOn(due), code, at(`${addDays(due, days)}T12:00:00+08:00`));
        expect(after(late + more)).toBeGreaterThanOrEqual(after(late));
        expect(after(late)).toBeLessThanOrEqual(MAX_OVERDUE_FEN);
        expect(after(late) % OVERDUE_FEN_PER_OPEN_DAY).toBe(0);
      }),
    );
  });
});

describe('the policy', () => {
  it('has a rule for every reader, kind of copy and branch, and uses each of its lines', () => {
    const used = new Set(
      Object.keys(READER_TYPES).flatMap((reader) =>
        Object.keys(ITEM_TYPES).flatMap((item) =>
          ['MAIN', 'EAST', 'MED'].map((code) =>
            loanRule(reader as ReaderTypeCode, item as ItemTypeCode, code),
          ),
        ),
      ),
    );
    expect(used).toEqual(new Set(LOAN_RULES));
    expect(loanRule('UG', 'BOOK', 'MAIN')).toMatchObject({ days: 30, renewals: 1, renewalDays: 30 });
    expect(loanRule('PG', 'BOOK', 'EAST')).toMatchObject({ days: 60, renewals: 1, renewalDays: 60 });
    expect(loanRule('STAFF', 'SHORT', 'MAIN')).toMatchObject({ days: 3, renewals: 0 });
    expect(loanRule('UG', 'BOOK', 'MED')).toMatchObject({ renewals: 2, renewalDays: 15 });
  });
});

describe('renewing', () => {
  const facts = (changes: Partial<RenewalFacts> = {}): RenewalFacts => ({
    now: at('2026-11-21T10:00:00+08:00'),
    loan: { dueAt: '2026-11-25T23:59:00+08:00', renewals: 0 },
    rule: loanRule('UG', 'BOOK', 'MAIN'),
    itemType: 'BOOK',
    branch: 'MAIN',
    wanted: false,
    ...changes,
  });
  const code = (changes: Partial<RenewalFacts>): string => {
    const decision = decideRenewal(facts(changes));
    return 'denied' in decision ? decision.denied.code : decision.dueAt;
  };

  it('adds the renewal length to the day on which the book is due', () => {
    expect(code({})).toBe('2026-12-25T23:59:00+08:00');
    expect(code({ rule: loanRule('PG', 'BOOK', 'MAIN') })).toBe('2027-02-27T23:59:00+08:00');
  });

  it('begins ten days before the end and ends with it', () => {
    const dueAt = '2026-11-30T23:59:00+08:00';
    const loan = { dueAt, renewals: 0 };
    expect(code({ loan, now: at('2026-11-20T23:59:59+08:00') })).toBe('TOO_SOON');
    expect(decideRenewal(facts({ loan, now: at('2026-11-20T10:00:00+08:00') }))).toMatchObject({
      denied: { retryAt: '2026-11-20T16:00:00.000Z', libraryText: '不到续借时间，11 月 21 日起可以续借' },
    });
    expect(code({ loan, now: at('2026-11-21T00:00:00+08:00') })).toMatch(/^2026-12/);
    expect(code({ loan, now: at(dueAt) })).toMatch(/^2026-12/);
    expect(code({ loan, now: at(dueAt) + 1 })).toBe('OVERDUE');
  });

  it('refuses for each reason', () => {
    expect(code({ wanted: true })).toBe('ON_HOLD');
    expect(code({ loan: { dueAt: '2026-11-25T23:59:00+08:00', renewals: 1 } })).toBe('TOO_MANY_RENEWALS');
    expect(code({ loan: { dueAt: '2026-11-25T23:59:00+08:00', renewals: 0, recalled: true } })).toBe(
      'RECALLED',
    );
    expect(code({ rule: loanRule('UG', 'SHORT', 'MAIN'), itemType: 'SHORT' })).toBe('ITEM_TYPE');
    expect(code({ rule: loanRule('UG', 'AUTO', 'MED'), itemType: 'AUTO', branch: 'MED' })).toBe('AUTO_RENEW');
    expect(code({ expiresAt: '2026-11-25' })).toBe('EXPIRED');
    expect(code({ expiresAt: '2026-12-01' })).toBe('2026-12-01T23:59:00+08:00');
    expect(code({ blocked: { code: 'DEBT' } })).toBe('DEBT');
  });

  it('says beforehand what it will do, and until when renewing helps', () => {
    fc.assert(
      fc.property(
        fc.record({
          type: fc.constantFrom(...(Object.keys(READER_TYPES) as ReaderTypeCode[])),
          itemType: fc.constantFrom(...(Object.keys(ITEM_TYPES) as ItemTypeCode[])),
          branch,
          due: day,
          nowDays: fc.integer({ min: -30, max: 3 }),
          renewals: fc.nat(2),
          wanted: fc.boolean(),
          expiresIn: fc.option(fc.integer({ min: 0, max: 90 }), { nil: undefined }),
        }),
        ({ type, itemType, branch: code_, due, nowDays, renewals, wanted, expiresIn }) => {
          const rule = loanRule(type, itemType, code_);
          const now = at(`${addDays(due, nowDays)}T12:00:00+08:00`);
          const expiresAt = expiresIn === undefined ? undefined : addDays(due, expiresIn);
          const loan = { dueAt: dueOn(due), renewals };
          const all = facts({ now, loan, rule, itemType, branch: code_, wanted, expiresAt });
          const said = describeRenewal(all);
          const done = decideRenewal(all);
          expect(said.allowed).toBe('dueAt' in done);
          expect(said.left).toBe(Math.max(0, rule.renewals - renewals));
          if ('denied' in done) {
            expect(said.code).toBe(done.denied.code);
            expect(said.libraryText).toMatch(/\S/);
            expect(said.libraryText).not.toContain('{}');
            return;
          }
          expect(done.dueAt > loan.dueAt).toBe(true);
          expect(said.left).toBeGreaterThan(0);
          // True to the word: on the last day it still works, on the day after it does not.
          const onDay = (date: string) => decideRenewal({ ...all, now: at(`${date}T23:58:00+08:00`) });
          expect(onDay(said.lastDay!)).toHaveProperty('dueAt');
          expect(onDay(addDays(said.lastDay!, 1))).toHaveProperty('denied');
        },
      ),
    );
  });
});

describe('the queue of a title', () => {
  const holds = fc.uniqueArray(
    fc.record({
      turn: fc.nat(50),
      status: fc.constantFrom<HoldRow['status']>('waiting', 'ready', 'inTransit', 'cancelled', 'expired'),
      itemBarcode: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
    }),
    { selector: ({ turn }) => turn, maxLength: 8 },
  );
  const rows = (list: readonly Pick<HoldRow, 'turn' | 'status' | 'itemBarcode'>[]): HoldRow[] =>
    list.map((hold) => ({
      id: `h${hold.turn}`,
      reader: `p${hold.turn}`,
      bibId: 'b1',
      pickup: 'MAIN',
      placedAt: '2026-11-21T00:00:00.000Z',
      ...hold,
    }));

  it('serves in turn whoever the copy can serve', () => {
    fc.assert(
      fc.property(holds, fc.constantFrom('A', 'B', 'C'), (list, barcode) => {
        const queue = rows(list);
        const next = nextFor(queue, barcode);
        for (const hold of queue) {
          const fits = hold.itemBarcode === undefined || hold.itemBarcode === barcode;
          if (hold.status !== 'waiting' || !fits) {
            expect(next?.id).not.toBe(hold.id);
          } else {
            expect(next!.turn).toBeLessThanOrEqual(hold.turn);
          }
        }
      }),
    );
  });

  it('numbers the holds on the title without gaps from its first, whatever their order in the list', () => {
    fc.assert(
      fc.property(holds, (list) => {
        const titleHolds = rows(list.map(({ turn, status }) => ({ turn, status })));
        const waiting = waitingIn(titleHolds);
        expect(waiting.map((hold) => positionOf(hold, titleHolds))).toEqual(waiting.map((_, i) => i + 1));
        expect(waitingIn([...titleHolds].reverse())).toEqual(waiting);
      }),
    );
  });
});

describe('local dates', () => {
  it('change at midnight in Shanghai', () => {
    expect(localDate(at('2026-12-31T15:59:59Z'))).toBe('2026-12-31');
    expect(localDate(at('2026-12-31T16:00:00Z'))).toBe('2027-01-01');
  });
});
