import { describe, expect, it } from '@jest/globals';
import type { ReportLoan } from '../../../contracts/report/loan';
import type { LibraryYear } from '../../../contracts/report/library-year';
import type { LibraryFigures } from '../../../cloudfunctions/features/report/engine/material';
import { makeShelf, type Candidate } from '../../../cloudfunctions/features/report/engine/shelf';
import { AS_OF, cardOf, manyLoans, readingOf, reportOf } from './support/setting';

const plus = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

function libraryOf(
  change: Partial<LibraryYear> = {},
  borrowers: Record<string, number> = {},
): LibraryFigures {
  const { window, fromMonths } = { window: readingOf().span.window, fromMonths: readingOf().span.monthNames };
  return {
    year: {
      ...{ window, asOf: AS_OF, readers: 900, loans: 4_000, titles: 2_000, unknownClass: 0 },
      months: fromMonths.map((month) => ({ month, loans: 0 })),
      ...{ classes: [], types: [], top: [] },
      ...change,
    },
    borrowersOf: (key) => borrowers[key],
    describe: (bibId) => (bibId === 'gone' ? undefined : { bibId, title: `Title ${bibId}` }),
  };
}

describe('peak month', () => {
  const inMonths = (...months: number[]): ReportLoan[] =>
    months.map((month, i) => ({
      loanId: `${i}`,
      bibId: `b${i}`,
      loanedAt: `2026-${String(month).padStart(2, '0')}-10`,
    }));

  it('is the earliest of two that are equal', () => {
    const report = reportOf(inMonths(11, 11, 11, 3, 3, 3, 7));
    expect(cardOf(report, 'peakMonth')).toMatchObject({ month: '2026-03', loans: 3 });
  });

  it('is hidden unless it stands out from the mean by more than 2', () => {
    // a mean of 1, and 3 in March
    const flat = reportOf(inMonths(3, 3, 3, 1, 1, 2, 4, 5, 6, 7, 8, 9));
    expect(cardOf(flat, 'peakMonth')).toBeUndefined();
    expect(flat.withheld).toMatchObject({ peakMonth: 'flat' });
    expect(cardOf(reportOf(inMonths(3, 3, 3, 1, 1, 2, 4, 5, 6, 7, 8)), 'peakMonth')).toBeDefined();
  });

  it('compares with the months that are known and have begun', () => {
    const loans = inMonths(10, 10, 10, 10, 11, 11);
    // 4 of 6 in two or three months are no peak, in a whole year they are
    expect(cardOf(reportOf(loans), 'peakMonth')?.how).toEqual({ allLoans: 6, months: 12 });
    expect(reportOf(loans, { since: '2026-10-05' }).withheld).toMatchObject({ peakMonth: 'flat' });
    expect(
      reportOf(loans, { since: '2026-09-30', asOf: '2026-11-20T00:00:00+08:00' }).withheld,
    ).toMatchObject({
      peakMonth: 'flat',
    });
  });
});

describe('top author', () => {
  it('has a title once, however often and under whose names it was lent', () => {
    const names = ['某甲', '某乙', '某乙', '某乙', '某甲', '某丙', '某丙'];
    const loans = manyLoans(7, (i) => ({ author: names[i]!, bibId: i < 5 ? 'same' : `b${i}` }));
    expect(cardOf(reportOf(loans), 'topAuthor')).toMatchObject({ author: '某丙', titles: 2, loans: 2 });
    expect(reportOf(loans.slice(0, 6)).withheld).toMatchObject({ topAuthor: 'tooFew' });
  });
});

describe('peak hour and weekday', () => {
  it('need ten loans with a time', () => {
    expect(reportOf(manyLoans(9)).withheld).toMatchObject({ peakTime: 'tooFew' });
    expect(cardOf(reportOf(manyLoans(10)), 'peakTime')).toMatchObject({
      hour: 10,
      hourLoans: 10,
      how: { timed: 10 },
    });
  });

  it('are hidden where the source has dates only, written as times or not', () => {
    for (const time of ['', 'T00:00:00+08:00', 'T00:00:00Z', 'T12:00:00']) {
      const loans = manyLoans(20, (i) => ({
        loanedAt: `${plus('2026-02-02', i)}${time}`,
        returnedAt: '2026-12-01',
      }));
      expect(reportOf(loans).withheld).toMatchObject({ peakTime: 'noTimes' });
    }
  });

  it('are shown of one visit with many books', () => {
    const report = reportOf(
      manyLoans(12, () => ({ loanedAt: '2026-03-03T19:05:00+08:00', returnedAt: '2026-04-01' })),
    );
    expect(cardOf(report, 'peakTime')).toMatchObject({ hour: 19, weekday: 2, weekdayLoans: 12 });
  });
});

describe('an incomplete history', () => {
  const loans = manyLoans(30, (i) => ({
    loanedAt: plus('2026-01-10', i * 11),
    returnedAt: plus('2026-01-12', i * 11),
  }));
  const since = '2026-05-17';

  it('says from when, and covers what is known', () => {
    const report = reportOf(loans, { since });
    const known = loans.filter(({ loanedAt }) => loanedAt! >= since).length;
    expect(report).toMatchObject({ since, leftOut: { beforeKnown: 30 - known } });
    expect(cardOf(report, 'totals')).toMatchObject({ loans: known });
  });

  it('claims neither a first loan ever nor new classes, and ranks nobody', () => {
    const library = libraryOf({ types: [{ readerType: 'student', readers: 60, histogram: [[1, 60]] }] });
    const report = reportOf(loans, { since, library, readerType: 'student' });
    expect(cardOf(report, 'firstBook')).not.toHaveProperty('firstEver');
    expect(cardOf(report, 'topClass')).not.toHaveProperty('newClasses');
    expect(report.withheld).toMatchObject({ percentile: 'incomplete' });
  });

  it('that reaches back before the window compares from its beginning', () => {
    const earlier: ReportLoan = { loanId: 'e', bibId: 'e', clc: 'I1', loanedAt: '2025-10-01' };
    const card = cardOf(reportOf([...loans, earlier], { since: '2025-09-01' }), 'topClass');
    expect(card).toMatchObject({ newClasses: [], how: { comparedFrom: '2025-09-01', earlierLoans: 1 } });
  });
});

describe.each(['import', 'library'] as const)(
  'records (%s) of which nobody says where they begin',
  (source) => {
    const loans = manyLoans(6);
    const earlier: ReportLoan = { loanId: 'e', bibId: 'e', clc: 'K1', loanedAt: '2025-10-01' };

    it('claims neither a first loan ever nor new classes of who has no earlier loan in them', () => {
      const report = reportOf(loans, { source });
      expect(cardOf(report, 'firstBook')).not.toHaveProperty('firstEver');
      expect(cardOf(report, 'topClass')).not.toHaveProperty('newClasses');
    });

    it('are known to reach back where the reader has an earlier loan', () => {
      const report = reportOf([...loans, earlier], { source });
      expect(cardOf(report, 'firstBook')).toMatchObject({ firstEver: { on: '2025-10-01' } });
      expect(cardOf(report, 'topClass')).toMatchObject({ newClasses: ['I'] });
    });
  },
);

describe('a card that was bound, or a year that is looked at, in the middle', () => {
  it('has the days since the first loan that is known up to the snapshot', () => {
    const loans = manyLoans(3, (i) => ({ loanedAt: plus('2026-06-30', i), returnedAt: '2026-07-20' }));
    const before: ReportLoan = { loanId: 'e', bibId: 'e', loanedAt: '2025-12-31' };
    const report = reportOf([...loans, before], { asOf: '2026-08-01T09:00:00+08:00' });
    expect(cardOf(report, 'firstBook')).toMatchObject({
      on: '2026-06-30',
      firstEver: { on: '2025-12-31', days: 213 },
    });
  });
});

describe('library days', () => {
  const visits = (...dates: string[]): ReportLoan[] =>
    dates.map((date, i) => ({ loanId: `${i}`, bibId: `b${i}`, loanedAt: date }));

  it('run over the weeks of the calendar, across months and the end of February', () => {
    const loans = visits('2026-02-22', '2026-02-23', '2026-03-08', '2026-03-09', '2026-04-01');
    expect(cardOf(reportOf(loans), 'libraryDays')).toMatchObject({
      ...{ days: 5, streakWeeks: 4, streakFrom: '2026-02-16', streakTo: '2026-03-15' },
      how: { gateDays: 0, eventDays: 5, gates: false },
    });
  });

  it('count an entry at the gate, a loan and a return of one day once', () => {
    const loans = visits('2026-03-02', '2026-03-02', '2026-03-02', '2026-03-02', '2026-03-02').map(
      (loan, i) => (i === 0 ? { ...loan, returnedAt: '2026-03-10' } : loan),
    );
    const gate = [
      '2026-03-02T08:00:00+08:00',
      '2026-03-02T13:00:00+08:00',
      '2026-03-18',
      'broken',
      '2025-12-31',
    ];
    expect(cardOf(reportOf(loans, { gate }), 'libraryDays')).toMatchObject({
      ...{ days: 3, streakWeeks: 3 },
      how: { gateDays: 2, eventDays: 2, gates: true },
    });
  });

  it('know of returns of books that were borrowed before the window', () => {
    const before: ReportLoan = { loanId: 'e', bibId: 'e', loanedAt: '2025-12-20', returnedAt: '2026-01-07' };
    const loans = visits('2026-03-02', '2026-03-02', '2026-03-02', '2026-03-02', '2026-03-02');
    expect(cardOf(reportOf([...loans, before]), 'libraryDays')?.days).toBe(2);
  });
});

describe('percentile', () => {
  const rank = (loans: number, histogram: [number, number][]) => {
    const readers = histogram.reduce((all, [, some]) => all + some, 0);
    const library = libraryOf({ types: [{ readerType: 'student', readers, histogram }] });
    const report = reportOf(manyLoans(loans), { library, readerType: 'student' });
    return cardOf(report, 'percentile')?.percent ?? report.withheld['percentile'];
  };

  it('counts half of those who have as many', () => {
    expect(
      rank(5, [
        [1, 40],
        [5, 20],
        [9, 40],
      ]),
    ).toBe(50);
    expect(
      rank(9, [
        [1, 90],
        [9, 10],
      ]),
    ).toBe(95);
    expect(
      rank(9, [
        [1, 332],
        [9, 1],
      ]),
    ).toBe(99.8);
  });

  it('is hidden below the middle, and among fewer than 50', () => {
    expect(
      rank(5, [
        [1, 39],
        [5, 20],
        [9, 41],
      ]),
    ).toBe('belowMiddle');
    expect(
      rank(9, [
        [1, 48],
        [9, 1],
      ]),
    ).toBe('smallGroup');
    expect(
      rank(9, [
        [1, 49],
        [9, 1],
      ]),
    ).toBe(99);
  });

  it('is hidden where nobody knows of which type the reader is', () => {
    expect(reportOf(manyLoans(5), { library: libraryOf() }).withheld).toMatchObject({
      percentile: 'noReaderType',
    });
  });
});

describe('popular and niche', () => {
  it('say few below five, and do not tell among the few which has fewest', () => {
    const library = libraryOf({}, { b1: 40, b2: 4, b3: 1, b4: 5 });
    expect(cardOf(reportOf(manyLoans(5), { library }), 'popularity')).toMatchObject({
      popular: { book: { bibId: 'b1' }, borrowers: 40 },
      niche: { book: { bibId: 'b0' }, borrowers: 'few' },
      fewTitles: 3,
    });
  });

  it('do not show one title as both', () => {
    const library = libraryOf({}, { b0: 7, b1: 7, b2: 7, b3: 7, b4: 7 });
    const card = cardOf(reportOf(manyLoans(5), { library }), 'popularity');
    expect(card).toMatchObject({ popular: { borrowers: 7 }, fewTitles: 0 });
    expect(card).not.toHaveProperty('niche');
    expect(reportOf(manyLoans(5)).withheld).toMatchObject({ popularity: 'noLibraryYear' });
  });
});

describe('keywords', () => {
  const words = (sensitiveKeywords: boolean, ...subjects: [clc: string, ...string[]][]) => {
    const loans = manyLoans(subjects.length, (i) => ({
      clc: subjects[i]![0],
      subjects: subjects[i]!.slice(1),
    }));
    const report = reportOf(loans, { sensitiveKeywords });
    return (
      cardOf(report, 'keywords')?.words.map(({ word, titles }) => `${word} ${titles}`) ??
      report.withheld['keywords']
    );
  };
  const shelf: [string, ...string[]][] = [
    ['I2', '长篇小说-中国-当代', '爱情'],
    ['I3', '长篇小说--英国'],
    ['T3', 'Python (Computer program language)', 'Textbooks'],
    ['T3', 'python (Computer program language)', '程序设计-高等学校-教材'],
    ['R4', '内科学', '诊断'],
    ['B9', '寺院'],
    ['D9', '合同'],
    ['K8', 'Christian biography', 'Venice'],
    ['Q9', '肿瘤-细胞', '显微镜'],
    ['X1', '宗教建筑'],
  ];

  it('are of titles, without what everybody would have', () => {
    expect(words(false, ...shelf)).toEqual([
      ...['Python (Computer program language) 2', '长篇小说 2'],
      ...['爱情 1', '程序设计 1'],
    ]);
  });

  it('speak of health, religion, law and politics only where their owner says so', () => {
    const all = words(true, ...shelf);
    for (const word of ['内科学 1', '寺院 1', '合同 1', 'Christian biography 1', 'Venice 1', '宗教建筑 1'])
      expect(all).toContainEqual(word);
  });

  it('are hidden where there are fewer than three', () => {
    expect(words(false, ['I2', '散文'], ['I2', '散文'], ['I2', '诗歌'], ['I2'], ['I2'])).toBe('tooFew');
    expect(words(false, ['I2'], ['I2'], ['I2'], ['I2'], ['I2'])).toBe('noSubjects');
  });
});

describe('the next three', () => {
  const book = (bibId: string, change: Partial<Candidate> = {}): Candidate => ({
    ...{
      bibId,
      title: `Work ${bibId}`,
      author: `Writer ${bibId}`,
      clc: 'I2',
      borrowers: 10,
      available: true,
    },
    ...change,
  });
  const chosen = (loans: ReportLoan[], ...candidates: Candidate[]) =>
    cardOf(reportOf(loans, { shelf: makeShelf(candidates, AS_OF) }), 'nextThree')?.books.map(
      ({ book: { bibId }, reason }) => `${bibId} ${reason}`,
    );

  it('are one of the top author, one of the top class and one of a new class', () => {
    const loans = manyLoans(6, () => ({ author: '某甲', clc: 'I2' }));
    expect(
      chosen(
        loans,
        book('popular', { borrowers: 99, clc: 'X' }),
        book('more', { borrowers: 80 }),
        book('same', { author: '某甲著', borrowers: 6, clc: 'K' }),
      ),
    ).toEqual(['same sameAuthor', 'more topClass', 'popular newClass']);
  });

  it('leave out what is lent, what was read, also before the year, after it, or in another edition', () => {
    const loans = manyLoans(6, () => ({ clc: 'I2' }));
    loans.push({ loanId: 'e', bibId: 'before', loanedAt: '2024-01-01' });
    loans.push({ loanId: 'f', bibId: 'after', loanedAt: '2027-01-02' });
    loans.push({ loanId: 'g', bibId: 'old', title: '城', author: '某乙著', loanedAt: '2023-01-01' });
    expect(
      chosen(
        loans,
        ...[book('out', { available: false }), book('b3'), book('before'), book('after')],
        book('new', { title: '城', author: '某乙' }),
        ...[book('left', { borrowers: 1 }), book('right', { borrowers: 3 })],
      ),
    ).toEqual(['right topClass', 'left onShelf']);
  });

  it('are three of different classes for who has no loans', () => {
    expect(
      chosen(
        [],
        book('a', { borrowers: 30 }),
        book('b', { borrowers: 20 }),
        book('c', { clc: 'K' }),
        book('d', { clc: 'T' }),
      ),
    ).toEqual(['a mostBorrowed', 'c mostBorrowed', 'd mostBorrowed']);
  });

  it('call much borrowed only what is known to be', () => {
    const { borrowers: _, ...uncounted } = book('b', { clc: 'K' });
    expect(chosen([], book('a', { borrowers: 5 }), uncounted, book('c', { borrowers: 4, clc: 'T' }))).toEqual(
      [...['a mostBorrowed', 'c onShelf', 'b onShelf']],
    );
  });

  it('do not tell how few borrowed a title, and are hidden where the shelf is empty', () => {
    const shelf = makeShelf([book('few', { borrowers: 2 }), book('many', { borrowers: 12 })], AS_OF);
    expect(cardOf(reportOf(manyLoans(1), { shelf }), 'nextThree')?.books).toMatchObject([
      { borrowers: 12 },
      { borrowers: 'few' },
    ]);
    expect(reportOf(manyLoans(1), { shelf: makeShelf([], AS_OF) }).withheld).toMatchObject({
      nextThree: 'noneAvailable',
    });
  });
});

describe('the persona', () => {
  const at = (hour: number) => (i: number) => ({
    loanedAt: `${plus('2026-01-05', i * 20)}T${String(hour).padStart(2, '0')}:1${i % 10}:00+08:00`,
    returnedAt: plus('2026-01-25', i * 20),
    clc: 'IKTBF'[i % 5]!,
  });
  it.each([
    ['guest', []],
    ['newcomer', manyLoans(4)],
    ['night-owl', manyLoans(12, at(22))],
    ['early-bird', manyLoans(12, at(7))],
    ['devotee', manyLoans(12, (i) => ({ ...at(15)(i), ...(i % 3 === 0 && { author: '某甲' }) }))],
    ['returner', manyLoans(12, (i) => ({ ...at(15)(i), bibId: `b${i >> 1}` }))],
    [
      'steady',
      manyLoans(9, (i) => ({
        ...at(15)(i),
        loanedAt: plus('2026-03-02', i * 7),
        returnedAt: plus('2026-03-02', i * 7),
      })),
    ],
    ['specialist', manyLoans(10, (i) => ({ ...at(15)(i), clc: i < 6 ? 'I2' : 'T3' }))],
    ['explorer', manyLoans(12, (i) => ({ ...at(15)(i), clc: 'IKTBFG'[i % 6]! }))],
    ['collector', manyLoans(50, (i) => ({ ...at(15)(i % 10), clc: 'IKTBF'[i % 5]! }))],
    ['sprinter', manyLoans(10, (i) => ({ ...at(15)(i), returnedAt: plus('2026-01-12', i * 20) }))],
    ['companion', manyLoans(10, (i) => ({ ...at(15)(i), returnedAt: plus('2026-04-12', i * 20) }))],
    ['all-rounder', manyLoans(10, at(15))],
  ] as const)('%s is named by its rule, with the numbers that the rule looked at', (persona, loans) => {
    const card = cardOf(reportOf(loans), 'persona')!;
    expect(card.persona).toBe(persona);
    const { part, whole, asked } = card.how;
    const looked = asked > 0 && asked < 1 ? part / whole : part;
    if (['guest', 'newcomer', 'sprinter'].includes(persona)) expect(looked).toBeLessThanOrEqual(asked);
    else expect(looked).toBeGreaterThanOrEqual(asked);
  });

  it('is a treasure hunter or a reader of trends by what the library borrows', () => {
    const popular = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`b${i}`, 30]));
    const loans = manyLoans(12, at(15));
    expect(cardOf(reportOf(loans, { library: libraryOf() }), 'persona')).toMatchObject({
      persona: 'treasure-hunter',
      how: { part: 12, whole: 12, asked: 0.8 },
    });
    expect(cardOf(reportOf(loans, { library: libraryOf({}, popular) }), 'persona')).toMatchObject({
      persona: 'trend-reader',
      how: { part: 12, whole: 12, asked: 0.5 },
    });
  });
});

describe('a year without loans', () => {
  it('shows the library’s', () => {
    const library = libraryOf({
      top: [
        { bibId: 'gone', borrowers: 90 },
        { bibId: 'b7', borrowers: 80, clc: 'I' },
      ],
    });
    const report = reportOf([], { library });
    expect(report.tier).toBe('none');
    expect(cardOf(report, 'libraryYear')).toMatchObject({
      ...{ loans: 4_000, titles: 2_000 },
      top: [{ book: { bibId: 'b7', title: 'Title b7' }, borrowers: 80 }],
      how: { readers: 900 },
    });
    expect(reportOf([]).withheld).toMatchObject({ libraryYear: 'noLibraryYear' });
  });
});
