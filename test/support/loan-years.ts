import type { ReportLoan } from '../../contracts/report/loan';
import { CLC_LETTERS } from '../../miniprogram/lib/clc';

/**
 * Invented readers whose loans have the shape that was measured in a real log: per reader and year p25 1,
 * median 2, p75 5, p90 10, p99 35, at most 247; 47 % of the titles go once; 2 books a visit, p90 6; 98.6 %
 * on weekdays; peaks at the start of term and before exams; for 7, 14, 30 and about 150 days. One reader in
 * ten borrows nothing. The same options give the same readers.
 */
export interface LoanYearsOptions {
  readers: number;
  /** The last year with loans. */
  year: number;
  /** How many years of loans a reader has. */
  years?: number;
  seed?: number;
  /** Multiplies how many loans a reader has in a year. */
  scale?: number;
  /** ISO timestamp: books that are back later are still out. */
  snapshotAt: string;
}

export interface GeneratedReader {
  readerId: string;
  readerType: string;
  loans: ReportLoan[];
}

type Quantiles = readonly (readonly [share: number, value: number])[];
const LOANS_A_YEAR: Quantiles = [
  ...([
    [0, 1],
    [0.25, 1],
    [0.375, 1],
    [0.5, 2],
    [0.75, 5],
    [0.9, 10],
  ] as const),
  ...([
    [0.99, 35],
    [0.9999, 200],
    [1, 247],
  ] as const),
];
/** Larger than was measured, for the year's last visit takes what is left of its loans. */
const BOOKS_A_VISIT: Quantiles = [
  ...([
    [0, 1],
    [0.2, 1.5],
    [0.5, 3],
    [0.75, 6],
    [0.9, 10],
    [0.99, 30],
    [1, 48],
  ] as const),
];
const LOAN_DAYS = [
  ...([
    [7, 30],
    [14, 12],
    [30, 18],
    [31, 4],
    [87, 6],
    [150, 15],
    [153, 8],
    [190, 7],
  ] as const),
];
/** January first. */
const MONTHS = [...[10, 9, 29, 9, 19, 23], ...[15, 13, 22, 19, 18, 16]].map(
  (weight, i) => [i, weight] as const,
);
/** From eight in the morning. */
const HOURS = [...[3, 7, 9, 6, 5, 6, 8], ...[9, 10, 9, 7, 6, 5, 4, 2]].map(
  (weight, i) => [i + 8, weight] as const,
);
const CLASSES = [...[1, 6, 4, 5, 1, 9, 6, 8, 26, 5, 9], ...[1, 6, 2, 3, 4, 1, 16, 1, 1, 2, 1]].map(
  (weight, i) => [CLC_LETTERS[i]!, weight] as const,
);
const TYPES = [
  ['undergraduate', 70],
  ['postgraduate', 22],
  ['staff', 8],
] as const;

const HEADINGS: Partial<Record<string, readonly string[]>> = {
  I: ['长篇小说-中国-当代', '散文集', '科学幻想小说', '侦探小说-日本-现代'],
  T: ['程序设计', '人工智能', 'Python (Computer program language)', '数据库系统-教材'],
  R: ['中医学', '抑郁症-防治'],
  B: ['哲学史', '认知心理学', '佛教-研究'],
  D: ['刑法-中国', '国际政治'],
  K: ['中国历史-明代', '旅行指南', '考古学'],
  F: ['经济学', '市场营销', '投资-基本知识'],
};
const WORDS = [
  '山',
  '海',
  '城',
  '夜',
  '河',
  '风',
  '桥',
  '灯',
  '雪',
  '路',
  '岛',
  '星',
  '树',
  '门',
  '茶',
  '影',
];

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 28_800_000;

/** Readers one after the other, for there may be a million loans. */
export function* generateReaders(options: LoanYearsOptions): Generator<GeneratedReader> {
  const { readers, years = 1, scale = 1 } = options;
  // five loans in a mean year, four titles for ten loans
  const titles = Math.max(50, Math.round(readers * years * scale * 4.4 * 0.6));
  for (let i = 0; i < readers; i++) yield generateReader(i, titles, options);
}

function generateReader(index: number, titles: number, options: LoanYearsOptions): GeneratedReader {
  const { year, years = 1, scale = 1, seed = 20_261_121 } = options;
  const random = makeRandom(seed + index * 2_654_435_761);
  const readerId = `reader-${index}`;
  const readerType = weighted(TYPES, random());
  const favourites = [weighted(CLASSES, random()), weighted(CLASSES, random())];
  const loans: ReportLoan[] = [];
  const idle = random() < 0.1;
  for (let y = year - years + 1; y <= year && !idle; y++) {
    const count = Math.max(1, Math.round(quantile(LOANS_A_YEAR, random()) * scale));
    const end = loans.length + count;
    while (loans.length < end) {
      let at = visitTime(y, random);
      const books = Math.min(end - loans.length, Math.round(quantile(BOOKS_A_VISIT, random())));
      for (let i = 0; i < books; i++) {
        const title = pickTitle(titles, favourites, loans, random);
        loans.push(lend(`${index}-${loans.length}`, title, at, random, options.snapshotAt));
        at += 1_000 * Math.floor(2 + random() * 20);
      }
    }
  }
  return { readerId, readerType, loans };
}

type Title = Pick<ReportLoan, 'bibId' | 'title' | 'author' | 'clc' | 'subjects'>;

const classOf = (random: Random): string => weighted(CLASSES, random());
const titleRandom = (index: number): Random => makeRandom(index * 40_503 + 7);

/**
 * Made anew each time: kept, a library's titles would fill the memory that is measured. One in twenty has no
 * class, one in fifteen no author, one in two no subject headings.
 */
function makeTitle(index: number, count: number): Title {
  const random = titleRandom(index);
  const letter = classOf(random);
  const words = Array.from({ length: 3 }, () => WORDS[Math.floor(random() * WORDS.length)]!);
  const headings = HEADINGS[letter];
  const author = Math.floor(random() ** 1.5 * count * 0.4);
  return {
    bibId: `b${index}`,
    title: `${words.join('')}${index}`,
    ...(random() > 1 / 15 && { author: random() < 0.3 ? `作者${author}著` : `作者${author}` }),
    ...(random() > 1 / 20 && { clc: `${letter}${Math.floor(random() * 90) + 10}` }),
    ...(headings && random() < 0.9 && { subjects: [headings[Math.floor(random() * headings.length)]!] }),
  };
}

/** Now and then one that the reader knows, mostly one of a favourite class, the popular ones more often. */
function pickTitle(
  titles: number,
  favourites: readonly string[],
  loans: readonly ReportLoan[],
  random: Random,
): Title {
  const before = loans[Math.floor(random() * loans.length)];
  if (before && random() < 0.04) {
    const { bibId, title, author, clc, subjects } = before;
    return {
      ...(bibId && { bibId }),
      ...(title && { title }),
      ...(author && { author }),
      ...(clc && { clc }),
      ...(subjects && { subjects }),
    };
  }
  let index = draw(titles, random);
  for (let i = 0; i < 3 && !favourites.includes(classOf(titleRandom(index))); i++)
    index = draw(titles, random);
  return makeTitle(index, titles);
}

const draw = (titles: number, random: Random): number => Math.floor(random() ** 2.5 * titles);

/** @returns ms since the epoch */
function visitTime(year: number, random: Random): number {
  const month = weighted(MONTHS, random());
  const day = 1 + Math.floor(random() * new Date(Date.UTC(year, month + 1, 0)).getUTCDate());
  const hour = weighted(HOURS, random());
  const at = Date.UTC(year, month, day, hour, Math.floor(random() * 60), Math.floor(random() * 60));
  const weekday = new Date(at).getUTCDay();
  const weekend = weekday === 0 || weekday === 6;
  // two of seven days fall on a weekend, 1.4 of a hundred loans do
  const moved = weekend && random() > 0.05 ? (day > 14 ? -2 : 2) * DAY_MS : 0;
  return at + moved - SHANGHAI_MS;
}

function lend(loanId: string, title: Title, at: number, random: Random, snapshotAt: string): ReportLoan {
  const days = weighted(LOAN_DAYS, random());
  const late = random() < 0.12;
  const kept = Math.max(0.05, late ? days + random() * 20 : days * (0.15 + 0.85 * random()));
  const returned = Math.floor(at + kept * DAY_MS);
  const due = local(at + days * DAY_MS).slice(0, 10);
  return {
    loanId,
    ...title,
    loanedAt: local(at),
    dueAt: due,
    ...(returned <= Date.parse(snapshotAt) && { returnedAt: local(returned) }),
    renewals: random() < 0.3 ? 1 : 0,
    branch: 'MAIN',
  };
}

/** With the offset of Shanghai. */
const local = (ms: number): string => `${new Date(ms + SHANGHAI_MS).toISOString().slice(0, 19)}+08:00`;

type Random = () => number;

/** Mulberry32: from 0 to below 1. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function weighted<T>(choices: readonly (readonly [T, number])[], at: number): T {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let rest = at * total;
  for (const [choice, weight] of choices) if ((rest -= weight) < 0) return choice;
  return choices.at(-1)![0];
}

/** Between two known quantiles as the logarithms run. */
function quantile(quantiles: Quantiles, at: number): number {
  const next = Math.max(
    1,
    quantiles.findIndex(([share]) => share >= at),
  );
  const [[from, low], [to, high]] = [quantiles[next - 1]!, quantiles[next]!];
  return low * (high / low) ** ((at - from) / (to - from));
}
