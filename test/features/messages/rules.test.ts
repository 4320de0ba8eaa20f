import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Hold } from '../../../contracts/holds';
import type { Loan } from '../../../contracts/loans';
import type { MessageBody } from '../../../contracts/messages/body';
import { MOST_BOOKS_TOLD } from '../../../contracts/messages/body';
import { whatToTell } from '../../../cloudfunctions/features/messages/rules/what-to-tell';

const timeZone = 'Asia/Shanghai';
const DAY = 86_400_000;
const keyOf = (what: string): string => createHash('sha256').update(what).digest('base64url');
/** Ten in the morning of that day, by the library's clocks. */
const morningOf = (date: string): number => Date.parse(`${date}T10:00:00+08:00`);
const dateAt = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);

const loan = (loanId: string, dueAt: string, more: Partial<Loan> = {}): Loan => ({
  loanId,
  title: `书 ${loanId}`,
  itemBarcode: `B${loanId}`,
  dueAt,
  overdue: false,
  renewal: { allowed: true },
  ...more,
});
const late = (loanId: string, dueAt: string): Loan => loan(loanId, dueAt, { overdue: true });
const refused = (code: Loan['renewal']['code']): Partial<Loan> => ({ renewal: { allowed: false, code } });
const hold = (holdId: string, more: Partial<Hold> = {}): Hold => ({
  holdId,
  title: `书 ${holdId}`,
  status: 'ready',
  ...more,
});

/** A reader who is looked at, told, and looked at again. */
class Reader {
  told = new Set<string>();

  look(date: string | number, lists: { loans?: Loan[]; holds?: Hold[] }): MessageBody[] {
    const now = typeof date === 'number' ? date : morningOf(date);
    const { digests, staleKeys } = whatToTell({ ...lists, told: this.told, keyOf, now, timeZone });
    for (const { keys } of digests) for (const key of keys) this.told.add(key);
    for (const key of staleKeys) this.told.delete(key);
    return digests.map(({ body }) => body);
  }
}

const idsOf = (body: MessageBody): string[] =>
  'books' in body
    ? body.books.map((book) => ('loanId' in book ? book.loanId : 'holdId' in book ? book.holdId : book.bibId))
    : [];
const short = (bodies: MessageBody[]): string[] =>
  bodies.map((body) => `${body.kind}: ${idsOf(body).join(' ')}`);

describe('a loan that is due soon', () => {
  const loans = [loan('a', '2026-11-28')];

  it('is told three calendar days before, once', () => {
    const reader = new Reader();
    expect(short(reader.look('2026-11-24', { loans }))).toEqual([]);
    expect(short(reader.look('2026-11-25', { loans }))).toEqual(['dueSoon: a']);
    for (const day of ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28']) {
      expect(reader.look(day, { loans })).toEqual([]);
    }
  });

  it.each(['2026-11-26', '2026-11-27', '2026-11-28'])(
    'is caught up with on %s when days were missed',
    (day) => {
      expect(short(new Reader().look(day, { loans }))).toEqual(['dueSoon: a']);
    },
  );

  it('counts the days of the library’s own zone', () => {
    // the 25th has begun in Shanghai, and is still the 24th in Greenwich
    expect(short(new Reader().look(Date.parse('2026-11-24T16:00:00Z'), { loans }))).toEqual(['dueSoon: a']);
    expect(short(new Reader().look(Date.parse('2026-11-24T15:59:00Z'), { loans }))).toEqual([]);
  });

  it('is not told any more once its time of day has passed', () => {
    const timed = [loan('a', '2026-11-28T09:30:00+08:00')];
    expect(short(new Reader().look('2026-11-28', { loans: timed }))).toEqual([]);
    expect(short(new Reader().look(Date.parse('2026-11-28T09:29:00+08:00'), { loans: timed }))).toEqual([
      'dueSoon: a',
    ]);
  });

  it('is told anew for a new due date', () => {
    const reader = new Reader();
    reader.look('2026-11-25', { loans });
    const renewed = [loan('a', '2026-12-28')];
    expect(reader.look('2026-11-26', { loans: renewed })).toEqual([]);
    expect(short(reader.look('2026-12-25', { loans: renewed }))).toEqual(['dueSoon: a']);
  });

  it('says why it cannot be renewed, and does not say that a second time', () => {
    const reader = new Reader();
    const held = [
      loan('a', '2026-11-28', { renewal: { allowed: false, code: 'ON_HOLD', libraryText: '有人预约' } }),
    ];
    expect(reader.look('2026-11-25', { loans: held })).toEqual([
      {
        kind: 'dueSoon',
        total: 1,
        books: [
          { title: '书 a', loanId: 'a', dueAt: '2026-11-28', code: 'ON_HOLD', libraryText: '有人预约' },
        ],
      },
    ]);
    expect(reader.look('2026-11-26', { loans: held })).toEqual([]);
  });
});

describe('a loan that is overdue', () => {
  it('is told on days 1, 3, 7, 14 and 30, each once', () => {
    const reader = new Reader();
    const told: number[] = [];
    for (let day = 0; day <= 60; day++) {
      const bodies = reader.look(morningOf('2026-11-28') + day * DAY, { loans: [late('a', '2026-11-28')] });
      if (bodies.length > 0) told.push(day);
      expect(bodies.every(({ kind }) => kind === 'overdue')).toBe(true);
    }
    expect(told).toEqual([1, 3, 7, 14, 30]);
  });

  it('is told once of the steps that were missed', () => {
    const reader = new Reader();
    const loans = [late('a', '2026-11-28')];
    expect(short(reader.look('2026-12-10', { loans }))).toEqual(['overdue: a']);
    expect(reader.look('2026-12-11', { loans })).toEqual([]);
    expect(short(reader.look('2026-12-12', { loans }))).toEqual(['overdue: a']);
  });

  it('is not told where the library does not say that it is', () => {
    expect(new Reader().look('2026-12-10', { loans: [loan('a', '2026-11-28')] })).toEqual([]);
  });
});

describe('a loan that the library wants back', () => {
  it('is told once, and not as one that cannot be renewed beside that', () => {
    const reader = new Reader();
    const loans = [loan('a', '2026-12-04', refused('RECALLED'))];
    expect(short(reader.look('2026-11-25', { loans }))).toEqual(['recalled: a']);
    for (let day = 1; day < 9; day++) {
      const bodies = reader.look(morningOf('2026-11-25') + day * DAY, { loans });
      expect(short(bodies)).toEqual(day === 6 ? ['dueSoon: a'] : []);
    }
  });

  it('is known by a due date before the one that was told', () => {
    const reader = new Reader();
    reader.look('2026-11-25', { loans: [loan('a', '2026-11-28', { loanedAt: '2026-10-28' })] });
    const earlier = [loan('a', '2026-11-27', { loanedAt: '2026-10-28' })];
    expect(short(reader.look('2026-11-26', { loans: earlier }))).toEqual(['recalled: a']);
    expect(short(reader.look('2026-11-27', { loans: earlier }))).toEqual(['dueSoon: a']);
  });

  it('is not one that was brought back and borrowed again for a shorter time', () => {
    const reader = new Reader();
    reader.look('2026-11-25', { loans: [loan('a', '2026-11-28', { loanedAt: '2026-10-28' })] });
    const again = [loan('a', '2026-11-27', { loanedAt: '2026-11-25' })];
    expect(short(reader.look('2026-11-26', { loans: again }))).toEqual(['dueSoon: a']);
    // nor one of which it is not known
    reader.look('2026-11-25', { loans: [loan('b', '2026-11-28')] });
    expect(short(reader.look('2026-11-26', { loans: [loan('b', '2026-11-27')] }))).toEqual(['dueSoon: b']);
  });
});

describe('a loan that cannot be renewed any more', () => {
  it('is told within a week of its due date, once, and as due soon later', () => {
    const reader = new Reader();
    const loans = [loan('a', '2026-11-28', refused('ON_HOLD'))];
    expect(reader.look('2026-11-20', { loans })).toEqual([]);
    expect(short(reader.look('2026-11-21', { loans }))).toEqual(['cannotRenew: a']);
    expect(reader.look('2026-11-22', { loans })).toEqual([]);
    expect(short(reader.look('2026-11-25', { loans }))).toEqual(['dueSoon: a']);
    expect(reader.look('2026-11-26', { loans })).toEqual([]);
  });

  it('is told on the last days, too, when it was due soon already', () => {
    const reader = new Reader();
    reader.look('2026-11-25', { loans: [loan('a', '2026-11-28')] });
    const held = [loan('a', '2026-11-28', refused('ON_HOLD'))];
    expect(short(reader.look('2026-11-26', { loans: held }))).toEqual(['cannotRenew: a']);
  });

  it.each(['AUTO_RENEW', 'TOO_SOON', 'TOO_MANY_RENEWALS', 'DEBT', 'ITEM_TYPE'] as const)(
    'is not told for %s, which is nobody else’s doing',
    (code) => {
      expect(new Reader().look('2026-11-22', { loans: [loan('a', '2026-11-28', refused(code))] })).toEqual(
        [],
      );
    },
  );
});

describe('a hold', () => {
  it('is told when it is ready, and once more at the end', () => {
    const reader = new Reader();
    const waiting = [hold('h', { status: 'waiting' })];
    const ready = [hold('h', { readyUntil: '2026-11-28', pickup: { code: 'N', name: '南湖总服务台' } })];
    expect(reader.look('2026-11-24', { holds: waiting })).toEqual([]);
    expect(reader.look('2026-11-25', { holds: ready })).toEqual([
      {
        kind: 'holdReady',
        total: 1,
        books: [{ title: '书 h', holdId: 'h', pickup: '南湖总服务台', readyUntil: '2026-11-28' }],
      },
    ]);
    expect(reader.look('2026-11-26', { holds: ready })).toEqual([]);
    expect(short(reader.look('2026-11-27', { holds: ready }))).toEqual(['holdExpiring: h']);
    expect(reader.look('2026-11-28', { holds: ready })).toEqual([]);
  });

  it('is told in one kind a day, however often the library is asked', () => {
    const reader = new Reader();
    const holds = [hold('h', { readyUntil: '2026-11-26' })];
    expect(short(reader.look('2026-11-25', { holds }))).toEqual(['holdReady: h']);
    expect(reader.look(morningOf('2026-11-25') + 2 * 3_600_000, { holds })).toEqual([]);
    expect(short(reader.look('2026-11-26', { holds }))).toEqual(['holdExpiring: h']);
  });

  it('of the same copy is told again when it has waited in between, for some libraries name holds by the copy', () => {
    const reader = new Reader();
    const waiting = [hold('h', { status: 'waiting' })];
    reader.look('2026-11-01', { holds: [hold('h', { readyUntil: '2026-11-02' })] });
    expect(short(reader.look('2026-11-02', { holds: [hold('h', { readyUntil: '2026-11-02' })] }))).toEqual([
      'holdExpiring: h',
    ]);
    reader.look('2026-11-06', { holds: [] });
    for (const day of ['2026-11-07', '2026-11-08', '2027-01-20']) reader.look(day, { holds: waiting });
    const again = [hold('h', { readyUntil: '2027-01-25' })];
    expect(short(reader.look('2027-01-21', { holds: again }))).toEqual(['holdReady: h']);
    expect(short(reader.look('2027-01-24', { holds: again }))).toEqual(['holdExpiring: h']);
    expect(reader.look('2027-01-25', { holds: again })).toEqual([]);
  });

  it.each(['2026-11-25', '2026-11-26'])('is not told again when the library is unsure of it on %s', (day) => {
    const reader = new Reader();
    const ready = [hold('h', { readyUntil: '2026-12-05' })];
    reader.look('2026-11-25', { holds: ready });
    reader.look(day, { holds: [hold('h', { status: 'waiting' })] });
    expect(reader.look('2026-11-27', { holds: ready })).toEqual([]);
  });

  it('of which the library says nothing certain is not told again', () => {
    const reader = new Reader();
    const ready = [hold('h', { readyUntil: '2026-12-05' })];
    reader.look('2026-11-25', { holds: ready });
    reader.look('2026-11-29', { holds: [hold('h', { status: 'unknown' })] });
    expect(reader.look('2026-11-30', { holds: ready })).toEqual([]);
  });

  it('is not told when its last day has passed', () => {
    expect(new Reader().look('2026-11-29', { holds: [hold('h', { readyUntil: '2026-11-28' })] })).toEqual([]);
  });
});

describe('a digest', () => {
  it('has all of a kind, the first due first, and counts those that it does not name', () => {
    const loans = Array.from({ length: MOST_BOOKS_TOLD + 5 }, (_, i) =>
      loan(`l${i}`, i % 2 === 0 ? '2026-11-28' : '2026-11-27'),
    );
    const reader = new Reader();
    const [body] = reader.look('2026-11-25', { loans });
    expect(body).toMatchObject({ kind: 'dueSoon', total: MOST_BOOKS_TOLD + 5 });
    expect(idsOf(body!)).toHaveLength(MOST_BOOKS_TOLD);
    expect(body).toMatchObject({ books: { 0: { dueAt: '2026-11-27' }, 19: { dueAt: '2026-11-28' } } });
    expect(reader.look('2026-11-25', { loans })).toEqual([]);
  });

  it('comes in the order of urgency', () => {
    const loans = [
      loan('soon', '2026-11-28'),
      late('late', '2026-11-24'),
      loan('recalled', '2026-12-20', refused('RECALLED')),
      loan('held', '2026-12-01', refused('ON_HOLD')),
    ];
    const holds = [hold('ready')];
    expect(short(new Reader().look('2026-11-25', { loans, holds }))).toEqual([
      'recalled: recalled',
      'holdReady: ready',
      'dueSoon: soon',
      'overdue: late',
      'cannotRenew: held',
    ]);
  });
});

describe('what was told', () => {
  it('is not forgotten while the library’s list has a gap, or was not asked', () => {
    const reader = new Reader();
    const loans = [loan('a', '2026-11-28')];
    reader.look('2026-11-25', { loans });
    reader.look('2026-11-26', { loans: [] });
    reader.look('2026-11-26', { holds: [] });
    expect(reader.look('2026-11-27', { loans })).toEqual([]);
  });

  it('is forgotten some weeks after the book is gone, and not while it is there', () => {
    const gone = new Reader();
    gone.look('2026-11-25', { loans: [loan('a', '2026-11-28')], holds: [hold('h')] });
    expect(gone.told.size).toBe(4);
    gone.look('2026-11-26', { loans: [], holds: [] });
    expect(gone.told.size).toBe(2);
    gone.look('2027-02-01', { loans: [] });
    expect(gone.told.size).toBe(1);
    gone.look('2027-02-01', { holds: [] });
    expect(gone.told.size).toBe(0);

    const kept = new Reader();
    for (let day = 0; day < 400; day++) {
      kept.look(morningOf('2026-11-29') + day * DAY, { loans: [late('a', '2026-11-28')] });
    }
    expect(kept.told.size).toBe(5);
  });

  it('names no book', () => {
    const reader = new Reader();
    reader.look('2026-11-25', { loans: [loan('SECRET-LOAN', '2026-11-28')] });
    expect([...reader.told].join()).not.toMatch(/SECRET|书|2026/);
  });

  it('does not stop at what is no key', () => {
    const reader = new Reader();
    reader.told = new Set(['', 'nonsense', 'l!.x']);
    expect(short(reader.look('2026-11-25', { loans: [loan('a', '2026-11-28')] }))).toEqual(['dueSoon: a']);
    expect([...reader.told].every((key) => /^[ln]/.test(key) && key.length > 16)).toBe(true);
  });
});

describe('over any days', () => {
  const START = morningOf('2026-11-01');
  const CODES = [undefined, 'ON_HOLD', 'RECALLED', 'AUTO_RENEW', 'TOO_SOON', 'DEBT'] as const;
  const ids = fc.constantFrom('1', '2', '3', '4');
  const dates = fc.integer({ min: 0, max: 40 }).map((n) => dateAt(START + n * DAY));
  const timed = fc.tuple(
    dates,
    fc.option(fc.constantFrom('T08:00:00+08:00', 'T21:30:00+08:00'), { nil: '' }),
  );
  const loans = fc.array(
    fc
      .record({
        id: ids,
        due: timed,
        code: fc.constantFrom(...CODES),
        loaned: fc.option(dates, { nil: undefined }),
      })
      .map(({ id, due: [date, time], code, loaned }) =>
        loan(`l${id}`, date + time, {
          renewal: code ? { allowed: false, code } : { allowed: true },
          ...(loaned !== undefined && { loanedAt: loaned }),
        }),
      ),
    { maxLength: 5 },
  );
  const holds = fc.array(
    fc
      .record({ id: ids, until: fc.option(dates, { nil: undefined }), ready: fc.boolean() })
      .map(({ id, until, ready }) =>
        hold(`h${id}`, {
          status: ready ? 'ready' : 'waiting',
          ...(until !== undefined && { readyUntil: until }),
        }),
      ),
    { maxLength: 4 },
  );
  const looks = fc
    .array(
      fc.record({
        /** Hours since the look before. */
        after: fc.integer({ min: 1, max: 60 }),
        loans: fc.option(loans, { nil: undefined }),
        holds: fc.option(holds, { nil: undefined }),
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map((steps) => {
      let now = START;
      return steps.map(({ after, loans: list, holds: others }) => {
        now += after * 3_600_000;
        const at = now;
        return {
          now: at,
          ...(list && { loans: list.map((one) => ({ ...one, overdue: isPast(one.dueAt, at) })) }),
          ...(others && { holds: others }),
        };
      });
    });
  const isPast = (due: string, now: number): boolean =>
    due.length > 10 ? Date.parse(due) < now : due < dateAt(now);

  it('nothing is told twice, each book in one kind a day, and each kind in one digest a look', () => {
    fc.assert(
      fc.property(looks, (all) => {
        const reader = new Reader();
        const facts: string[] = [];
        const named: string[] = [];
        const readyBefore = new Map<string, { day: number; hasWaited: boolean }>();
        for (const { now, ...lists } of all) {
          const today = Date.parse(dateAt(now)) / DAY;
          for (const { holdId, status } of lists.holds ?? []) {
            if (status !== 'waiting') continue;
            for (const [fact, before] of readyBefore) {
              if (fact.endsWith(` ${holdId}`) && today - before.day >= 2) before.hasWaited = true;
            }
          }
          const bodies = reader.look(now, lists);
          expect(new Set(bodies.map(({ kind }) => kind)).size).toBe(bodies.length);
          for (const body of bodies) {
            if (!('books' in body)) throw new Error('no books');
            for (const book of body.books) {
              const id = 'loanId' in book ? book.loanId : 'holdId' in book ? book.holdId : '';
              named.push(`${id} ${dateAt(now)}`);
              if ('dueAt' in book) {
                const days = (Date.parse(dateAt(now)) - Date.parse(book.dueAt.slice(0, 10))) / DAY;
                const step = body.kind === 'overdue' ? [30, 14, 7, 3, 1].find((one) => days >= one) : '';
                facts.push(`${body.kind} ${id} ${book.dueAt.slice(0, 10)} ${step}`);
              } else {
                // a hold that waits again, some days later, is another one
                const fact = `${body.kind} ${id}`;
                expect(readyBefore.get(fact)?.hasWaited ?? true).toBe(true);
                readyBefore.set(fact, { day: today, hasWaited: false });
              }
            }
          }
        }
        expect(new Set(named).size).toBe(named.length);
        expect(new Set(facts).size).toBe(facts.length);
      }),
      { numRuns: 400 },
    );
  });

  it('nothing is told that the library does not say now', () => {
    fc.assert(
      fc.property(looks, (all) => {
        const reader = new Reader();
        for (const { now, ...lists } of all) {
          for (const body of reader.look(now, lists)) {
            if (!('books' in body)) throw new Error('no books');
            for (const book of body.books) {
              if ('dueAt' in book) {
                const { loanId, dueAt } = book;
                const of = lists.loans?.filter((one) => one.loanId === loanId && one.dueAt === dueAt) ?? [];
                expect(of.length).toBeGreaterThan(0);
                if (body.kind === 'overdue') expect(of.some((one) => one.overdue)).toBe(true);
                if (body.kind === 'dueSoon') expect(isPast(dueAt, now)).toBe(false);
                if (body.kind === 'cannotRenew') expect(of.some((one) => !one.renewal.allowed)).toBe(true);
              } else if ('holdId' in book) {
                const of = lists.holds?.find((one) => one.holdId === book.holdId && one.status === 'ready');
                expect(of).toBeDefined();
                expect((book.readyUntil ?? '9') >= dateAt(now)).toBe(true);
              }
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the order of the library’s list changes nothing', () => {
    fc.assert(
      fc.property(looks, fc.infiniteStream(fc.nat()), (all, numbers) => {
        const one = new Reader();
        const other = new Reader();
        const shuffle = <T>(list: T[] | undefined): T[] | undefined =>
          list &&
          list
            .map((item) => ({ item, place: numbers.next().value as number }))
            .sort((a, b) => a.place - b.place)
            .map(({ item }) => item);
        for (const { now, loans: list, holds: others } of all) {
          const lists = { ...(list && { loans: list }), ...(others && { holds: others }) };
          const [l, h] = [shuffle(list), shuffle(others)];
          expect(other.look(now, { ...(l && { loans: l }), ...(h && { holds: h }) })).toEqual(
            one.look(now, lists),
          );
          expect(other.told).toEqual(one.told);
        }
      }),
      { numRuns: 150 },
    );
  });
});
