import type { ReportOpenOutput, ReportOverviewOutput } from '../../../contracts/report/actions';
import type { CardKind } from '../../../contracts/report/cards';
import type { ReportLoan } from '../../../contracts/report/loan';
import type { Report } from '../../../contracts/report/report';
import type { LibraryFigures } from '../../../cloudfunctions/features/report/engine/material';
import { makeShelf } from '../../../cloudfunctions/features/report/engine/shelf';
import { posterOf } from '../../../cloudfunctions/features/report/engine/show-to-others';
import { manyLoans, readingOf, reportOf, AS_OF } from '../../features/report-engine/support/setting';

export const SEASON = 'calendar-2026';
export const TOKEN = 'abcdefghijklmnopqrstuv';

const BOOKS: [title: string, author: string, clc: string, subjects: string[]][] = [
  ['三体', '刘慈欣', 'I247.5', ['科学幻想小说']],
  ['球状闪电', '刘慈欣', 'I247.5', ['科学幻想小说', '物理学']],
  ['流浪地球', '刘慈欣', 'I247.7', ['科学幻想小说']],
  ['万历十五年', '黄仁宇', 'K248.3', ['中国历史-明代']],
  ['乡土中国', '费孝通', 'C912.82', ['社会学']],
  ['深度学习', '古德费洛', 'TP181', ['人工智能', '物理学']],
  ['围城', '钱锺书', 'I246.5', ['长篇小说']],
  ['时间简史', '霍金', 'P159', ['宇宙学']],
  ['论语译注', '杨伯峻', 'B222.2', ['哲学史']],
];

/** A reader's loans from which every card can be made. */
export function richLoans(count = 24): ReportLoan[] {
  return manyLoans(count, (i) => {
    const [title, author, clc, subjects] = BOOKS[i % BOOKS.length]!;
    const month = String(i < 10 ? 10 : (i % 9) + 1).padStart(2, '0');
    const day = String(5 + (i % 20)).padStart(2, '0');
    const back = new Date(Date.UTC(2026, Number(month) - 1, Number(day) + 3 + (i % 7) * 9));
    return {
      bibId: `b${i % BOOKS.length}`,
      ...{ title, author, clc, subjects },
      loanedAt: `2026-${month}-${day}T${String(16 + (i % 5)).padStart(2, '0')}:20:00+08:00`,
      dueAt: `2026-12-${String(1 + (i % 27)).padStart(2, '0')}`,
      returnedAt: i === 3 ? undefined : `${back.toISOString().slice(0, 10)}T15:00:00+08:00`,
    };
  });
}

const { span } = readingOf();
const MONTHS = [310, 260, 620, 480, 350, 390, 120, 90, 700, 610, 500, 430];

export const library: LibraryFigures = {
  year: {
    window: span.window,
    asOf: AS_OF,
    ...{ readers: 812, loans: 4_860, titles: 2_310, unknownClass: 40 },
    months: MONTHS.map((loans, at) => ({ month: `2026-${String(at + 1).padStart(2, '0')}`, loans })),
    classes: [
      { clc: 'I', loans: 2_000 },
      { clc: 'T', loans: 1_500 },
      { clc: 'K', loans: 1_320 },
    ],
    types: [
      {
        readerType: '本科生',
        readers: 640,
        histogram: [
          [1, 240],
          [2, 180],
          [5, 120],
          [10, 60],
          [24, 30],
          [60, 10],
        ],
      },
    ],
    top: [
      { bibId: 'b0', borrowers: 96, clc: 'I' },
      { bibId: 's1', borrowers: 64, clc: 'I' },
      { bibId: 's2', borrowers: 41, clc: 'Q' },
    ],
  },
  borrowersOf: (key) => (key === 'b0' ? 96 : key === 'b3' ? 23 : undefined),
  describe: (bibId) =>
    ({
      b0: { bibId: 'b0', title: '三体', author: '刘慈欣', clc: 'I' as const },
      s1: { bibId: 's1', title: '活着', author: '余华', clc: 'I' as const },
      s2: { bibId: 's2', title: '自私的基因', author: '道金斯', clc: 'Q' as const },
    })[bibId],
};

const shelf = makeShelf(
  [
    { bibId: 's0', title: '白垩纪往事', author: '刘慈欣', clc: 'I247.5', borrowers: 31, available: true },
    { bibId: 's1', title: '活着', author: '余华', clc: 'I247.57', borrowers: 64, available: true },
    { bibId: 's2', title: '自私的基因', author: '道金斯', clc: 'Q31', borrowers: 41, available: true },
    { bibId: 's3', title: '经济学原理', author: '曼昆', clc: 'F0', borrowers: 38, available: true },
  ],
  AS_OF,
);

const GATE = Array.from({ length: 60 }, (_, i) =>
  new Date(Date.UTC(2026, 2, 2 + i * 2)).toISOString().slice(0, 10),
);

/** Reports of the real engine. `full`: all sixteen cards of a reader with loans. */
export const fullReport = (change: Parameters<typeof reportOf>[1] = {}): Report =>
  reportOf(richLoans(), { library, shelf, readerType: '本科生', gate: GATE, ...change });
export const fewReport = (): Report => reportOf(richLoans(3), { library, shelf, readerType: '本科生' });
export const emptyReport = (): Report => reportOf([], { library, shelf, readerType: '本科生' });

export function opened(
  report: Report = fullReport(),
  change: Partial<ReportOpenOutput> = {},
): ReportOpenOutput {
  const { hidden = [] as CardKind[] } = change;
  return {
    season: SEASON,
    report,
    earlier: [],
    madeAt: AS_OF,
    hidden,
    poster: posterOf(report, hidden),
    disputed: false,
    disputesLeft: 3,
    ...change,
  };
}

export function reportOverview(change: Partial<ReportOverviewOutput> = {}): ReportOverviewOutput {
  return {
    season: { id: SEASON, window: span.window, stage: 'published' },
    sources: { library: true, seen: false },
    own: { since: '2026-09-01T08:00:00Z', sensitive: false, state: 'made' },
    past: [],
    hasReports: true,
    ...change,
  };
}
