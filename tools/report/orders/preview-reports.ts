import { LEAST_READERS } from '../../../contracts/report/fields';
import { clcClass } from '../../../miniprogram/lib/clc';
import type { StaffOutput } from '../../staff/call-staff';
import { timeAtHome } from '../../staff/local-time';
import { both } from '../../staff/says';
import type { Says } from '../../staff/says';
import { printable } from '../../staff/printable';
import { inThousands as n } from '../loans/show-progress';
import { describeCard } from './describe-card';
import { requireSeason } from './order';
import type { Order } from './order';

type Preview = StaffOutput<'report.preview'>;
type Year = NonNullable<Preview['year']>;

const WITHOUT_YEAR: Readonly<Record<NonNullable<Preview['withoutYear']>, Says>> = {
  notCounted: { en: 'The library’s figures are not counted yet.', zh: '全馆数字尚未统计。' },
  noImport: {
    en: 'There are no figures of the library: without an import only the loans of those who opted in are known, and no report compares with them.',
    zh: '没有全馆数字：没有导入时只知道已参加读者的借阅，报告不会拿它来比较。',
  },
  tooFew: {
    en: `There are no figures of the library: fewer than ${LEAST_READERS} readers were counted.`,
    zh: `没有全馆数字：统计到的读者不到 ${LEAST_READERS} 位。`,
  },
};

const TIERS: Readonly<Record<string, { en: string; zh: string }>> = {
  none: { en: 'a reader without loans', zh: '没有借阅的读者' },
  few: { en: 'a reader with a few loans', zh: '借阅很少的读者' },
  full: { en: 'a reader with many loans', zh: '借阅较多的读者' },
};
/** Of the bars, letters. */
const WIDTH = 40;
/** Titles that are listed. */
const TOP = 20;

/** `preview YEAR`: the library's figures, and counts of reports of nobody in particular. */
export const previewReports: Order = async ({ args, call, out }) => {
  const preview = await call('report.preview', { by: args.by, season: requireSeason(args) });
  if (args.json) {
    out(JSON.stringify(preview, null, 2));
    return 0;
  }
  if (preview.year) for (const line of describeYear(preview.year)) out(line);
  else out(both(WITHOUT_YEAR[preview.withoutYear ?? 'notCounted']));
  for (const [i, { tier, cards }] of preview.samples.entries()) {
    out('');
    out(
      `${both({ en: `Sample ${i + 1}`, zh: `样例 ${i + 1}` })}: ${both(TIERS[tier] ?? { en: tier, zh: tier })}`,
    );
    for (const card of cards) out(`  ${both(describeCard(card))}`);
  }
  if (preview.samples.length === 0) out(both(whyNone(preview.made)));
  return 0;
};

/** Why there are no samples. */
function whyNone(made: number): Says {
  if (made === 0) return { en: 'There are no reports yet.', zh: '还没有报告。' };
  return made < LEAST_READERS
    ? {
        en: `No samples: ${n(made)} reports are made, and of fewer than ${LEAST_READERS} it could be told whose they are.`,
        zh: `没有样例：已制作 ${n(made)} 份报告，不到 ${LEAST_READERS} 份时会看得出是谁的。`,
      }
    : { en: 'No samples: none of the reports could be opened.', zh: '没有样例：报告都无法打开。' };
}

/** `few`: fewer than are given as a number. */
const borrowersOf = (borrowers: number | 'few'): string => (borrowers === 'few' ? '< 5' : n(borrowers));

function* describeYear(year: Year): Generator<string> {
  const { window, asOf, readers, loans, titles, months, classes, unknownClass, types, top } = year;
  yield both({
    en: `The library from ${window.from} to ${window.to}, as of ${timeAtHome(asOf)}`,
    zh: `全馆 ${window.from} 至 ${window.to}，截至 ${timeAtHome(asOf)}`,
  });
  yield both({
    en: `${n(loans)} loans of ${n(readers)} readers, ${n(titles)} titles`,
    zh: `${n(readers)} 位读者借阅 ${n(loans)} 次，${n(titles)} 种`,
  });
  const most = Math.max(...months.map((month) => month.loans));
  for (const month of months) yield `  ${month.month}  ${bar(month.loans, most)} ${n(month.loans)}`;
  const largest = Math.max(unknownClass, ...classes.map((each) => each.loans));
  for (const { clc, loans: count } of classes) {
    const name = clcClass(clc);
    yield `  ${clc}  ${bar(count, largest)} ${n(count)}  ${name ? both(name) : ''}`;
  }
  yield `  –  ${bar(unknownClass, largest)} ${n(unknownClass)}  ${both({ en: 'class not known', zh: '类别不明' })}`;
  for (const { readerType, readers: count, histogram } of types) {
    yield `  ${printable(readerType)}: ${both({
      en: `${n(count)} readers, half of them with up to ${medianOf(histogram)} loans`,
      zh: `${n(count)} 位读者，半数借阅不超过 ${medianOf(histogram)} 次`,
    })}`;
  }
  if (top.length === 0) return;
  yield both({ en: 'Most borrowed, by readers', zh: '借的人最多' });
  for (const { bibId, borrowers, clc } of top.slice(0, TOP))
    yield `  ${borrowersOf(borrowers)}  ${printable(bibId)}${clc === undefined ? '' : `  ${clc}`}`;
  if (top.length > TOP)
    yield `  … ${both({ en: `and ${top.length - TOP} more`, zh: `还有 ${top.length - TOP} 种` })}`;
}

const bar = (count: number, most: number): string =>
  '█'.repeat(most === 0 ? 0 : Math.round((WIDTH * count) / most)).padEnd(WIDTH);

/** Loans of the reader in the middle. */
function medianOf(histogram: readonly (readonly [loans: number, readers: number])[]): number {
  const half = histogram.reduce((sum, [, readers]) => sum + readers, 0) / 2;
  let passed = 0;
  for (const [loans, readers] of histogram) if ((passed += readers) >= half) return loans;
  return 0;
}
