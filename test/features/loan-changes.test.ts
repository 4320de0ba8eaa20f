import fc from 'fast-check';
import { addSeen } from '../../cloudfunctions/features/loans/add-seen';
import { byUrgency } from '../../cloudfunctions/features/loans/by-urgency';
import {
  applyOutcomes,
  settleByList,
  type BeforeRenewal,
} from '../../cloudfunctions/features/loans/settle-renewal';
import type { Loan, RenewOutcome } from '../../contracts/loans';

const day = fc
  .integer({ min: 1, max: 28 })
  .map((n) => `2026-12-${String(n).padStart(2, '0')}T23:59:00+08:00`);
const loan: fc.Arbitrary<Loan> = fc.record({
  loanId: fc.integer({ min: 1, max: 8 }).map((n) => `l${n}`),
  itemBarcode: fc.constant('b'),
  title: fc.constantFrom('红楼梦', '史记', '三体'),
  loanedAt: fc.constantFrom('2025-12-31', '2026-01-01'),
  dueAt: day,
  overdue: fc.boolean(),
  renewal: fc.record({
    allowed: fc.boolean(),
    code: fc.constantFrom('ON_HOLD' as const, 'TOO_SOON' as const),
    left: fc.integer({ min: 0, max: 2 }),
  }),
});
const loans = fc.uniqueArray(loan, { selector: ({ loanId }) => loanId });
const byId = (list: readonly Loan[], id: string): Loan | undefined =>
  list.find(({ loanId }) => loanId === id);

describe('settling a renewal by the list', () => {
  const before = (list: readonly Loan[]): BeforeRenewal =>
    list.map(({ loanId, dueAt, renewal }) => ({ loanId, dueAt, left: renewal.left }));

  it('says renewed exactly of what is due later or has fewer renewals left, and never guesses', () => {
    fc.assert(
      fc.property(loans, loans, (was, is) => {
        for (const [i, outcome] of settleByList(before(was), undefined, is).entries()) {
          const old = was[i]!;
          const now = byId(is, old.loanId);
          const changed =
            now !== undefined && (now.dueAt > old.dueAt || now.renewal.left! < old.renewal.left!);
          expect(outcome.loanId).toBe(old.loanId);
          if (changed) expect(outcome).toEqual({ loanId: old.loanId, status: 'renewed', dueAt: now.dueAt });
          else if (now && !now.renewal.allowed)
            expect(outcome).toMatchObject({ status: 'refused', code: now.renewal.code });
          else expect(outcome).toEqual({ loanId: old.loanId, status: 'unknown' });
        }
      }),
    );
  });

  it('leaves alone what was known', () => {
    fc.assert(
      fc.property(loans, loans, (was, is) => {
        const known: RenewOutcome[] = was.map(({ loanId }) => ({
          loanId,
          status: 'refused',
          code: 'RECALLED',
        }));
        expect(settleByList(before(was), known, is)).toEqual(known);
        expect(
          settleByList(
            known.map((answer) => ({ answer })),
            undefined,
            is,
          ),
        ).toEqual(known);
      }),
    );
  });
});

it('a renewed list differs from the one before only where something was renewed', () => {
  fc.assert(
    fc.property(loans, loans, day, (list, renewed, dueAt) => {
      const outcomes: RenewOutcome[] = renewed.map(({ loanId }) => ({ loanId, status: 'renewed', dueAt }));
      for (const [i, after] of applyOutcomes(list, outcomes).entries()) {
        if (byId(renewed, after.loanId))
          expect(after).toMatchObject({ dueAt, overdue: false, title: list[i]!.title });
        else expect(after).toEqual(list[i]);
      }
    }),
  );
});

it('the order of loans does not depend on how the library orders them', () => {
  fc.assert(
    fc.property(loans, (list) => {
      const sorted = [...list].sort(byUrgency);
      expect([...list].reverse().sort(byUrgency)).toEqual(sorted);
      const firstInTime = sorted.findIndex(({ overdue }) => !overdue);
      if (firstInTime >= 0) expect(sorted.slice(firstInTime).every(({ overdue }) => !overdue)).toBe(true);
    }),
  );
});

describe('what has been seen', () => {
  it('holds each loan once, loses none, and is the same when the same list is seen again', () => {
    fc.assert(
      fc.property(fc.array(loans, { maxLength: 6 }), (lists) => {
        let seen = addSeen([], [], '2026-11-01');
        for (const [i, list] of lists.entries()) {
          const next = addSeen(seen, list, `2026-11-${String(i + 2).padStart(2, '0')}`);
          expect(addSeen(next, list, '2026-11-30')).toEqual(next);
          expect(next.map(({ loanId }) => loanId)).toEqual(
            expect.arrayContaining(seen.map(({ loanId }) => loanId)),
          );
          const open = next.filter(({ returnedAt }) => returnedAt === undefined).map(({ loanId }) => loanId);
          expect(open.sort()).toEqual(list.map(({ loanId }) => loanId).sort());
          seen = next;
        }
        const ids = seen.map(({ loanId }) => loanId);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
