import * as v from 'valibot';
import { CalendarDate } from '../../contracts/fields';
import { makeSpan } from '../../cloudfunctions/features/report/engine/window';
import { SeasonId } from '../../contracts/report/actions';
import { COMMON_OPTIONS, COMMON_USAGE, parseCommandLine, readCommon, wrong } from '../staff/arguments';
import type { CommonArguments } from '../staff/arguments';
import { FIELDS, plainHeader } from './loans/fields';
import type { Field } from './loans/fields';
import type { DateOrder } from './loans/read-date';
import { ENCODINGS } from './loans/scan-encoding';
import type { Encoding } from './loans/scan-encoding';

export const ORDERS = [
  'import',
  'season',
  'status',
  'start',
  'preview',
  'publish',
  'withdraw',
  'close',
] as const;
export type OrderName = (typeof ORDERS)[number];

export const USAGE = `npm run report:ORDER -- YEAR [options]
npm run history:import -- FILE --season YEAR [options]

YEAR is academic-2025 (September 2025 to August 2026) or calendar-2026.
YEAR 写作 academic-2025（2025 年 9 月至 2026 年 8 月）或 calendar-2026。

  season YEAR              opens a year, so that readers can opt in; or changes when it is to be published
                           开启一个年度，读者可以开始参加；或修改发布时间
    --publish-at TIME      e.g. "2026-09-10 08:00" (Beijing time); none takes it back
  status YEAR              how far it is, and what to do next
                           进展，以及下一步做什么
  start YEAR [--as-of TIME]
                           takes the snapshot: the reports are being made from then on
                           取快照，开始制作报告
  preview YEAR             the library's figures and some reports of nobody in particular
                           预览：全馆数字和几份不指向任何人的样例
  publish YEAR             lets readers open their reports
                           发布，读者可以打开自己的报告
  withdraw YEAR            takes a published year back
                           撤回已发布的年度
  close YEAR               removes a year that was opened by mistake: nobody has opted in, no import
                           取消误开的年度：尚无读者参加，也没有导入

history:import FILE        gives loans of the library's own records: .csv, .tsv or .jsonl, also .gz
导入借阅记录               .csv、.tsv 或 .jsonl 文件，可压缩成 .gz
  --season YEAR            for which year 用于哪一年度
  --dry-run                only checks the file; needs no cloud 只检查文件
  --map FIELD=COLUMN       which column is what, as often as needed; FIELD= for none
                           指定字段对应的列，可多次使用；FIELD= 表示没有这一列
                           ${FIELDS.slice(0, 7).join(', ')},
                           ${FIELDS.slice(7).join(', ')}
  --renewal-column COLUMN  rows with "true", "1", "是" there are renewals, which are no loans
                           该列为 true、1、是 的行是续借，不算借阅
  --dates dmy|mdy          how dates such as 03/04/2026 are written: day or month first
                           03/04/2026 这样的日期是日在前（dmy）还是月在前（mdy）
  --no-returns             the records do not tell of returns 记录中没有可用的归还时间
  --since DATE             the records are complete from this day only 记录从这一天起才完整
  --encoding NAME          ${ENCODINGS.join(', ')}; found out if left out 编码，不写则自动识别
  --no-quotes              the file uses no quotation marks around cells 文件不用引号包裹单元格
  --skip-bad-rows          leaves out rows that cannot be taken 略去有错误的行

${COMMON_USAGE}
  --json                   status, preview: print JSON
  --help

Exit code: 0 done; 1 a file is not sound, or the order was refused; 2 the command line is wrong;
3 the cloud cannot be reached or gives no clear answer: a change may have been carried out all the same;
130 interrupted: the same import again goes on.
`;

export interface Arguments extends CommonArguments {
  order: OrderName;
  what: string[];
  season?: string;
  /** `null`: is taken back. ISO with offset. */
  publishAt?: string | null;
  asOf?: string;
  json: boolean;
  dryRun: boolean;
  map: ReadonlyMap<Field, string>;
  renewalColumn?: string;
  dates?: DateOrder;
  noReturns: boolean;
  since?: string;
  encoding?: Encoding;
  noQuotes: boolean;
  skipBadRows: boolean;
}

/**
 * @param args without the program's name, the order first
 * @returns undefined when only help was asked for
 * @throws {UsageError}
 */
export function parseArguments(args: string[]): Arguments | undefined {
  const { values, positionals } = parseCommandLine(args, OPTIONS);
  const [name, ...what] = positionals;
  if (values.help || name === undefined) return undefined;
  const order = ORDERS.find((each) => each === name);
  if (!order) throw wrong(`no such order: ${name}`, `没有这个命令：${name}`);
  const season = readSeason(values.season ?? (order === 'import' ? undefined : what.shift()));
  const { since, dates, encoding } = values;
  if (since !== undefined && !v.is(CalendarDate, since))
    throw wrong('--since is a date such as 2025-09-01', '--since 应为日期，如 2025-09-01');
  if (since !== undefined && season !== undefined && since > lastDayOf(season))
    throw wrong(`--since: ${season} has ended by then`, `--since：${season} 到那天已经结束`);
  if (dates !== undefined && dates !== 'dmy' && dates !== 'mdy')
    throw wrong('--dates is dmy or mdy', '--dates 为 dmy 或 mdy');
  const publishAt = values['publish-at'];
  const asOf = values['as-of'];
  const renewalColumn = values['renewal-column'];
  return {
    ...readCommon(values),
    order,
    what,
    ...(season !== undefined && { season }),
    ...(publishAt !== undefined && {
      publishAt: publishAt === 'none' ? null : readTime('--publish-at', publishAt),
    }),
    ...(asOf !== undefined && { asOf: readTime('--as-of', asOf) }),
    json: values.json,
    dryRun: values['dry-run'],
    map: readMap(values.map),
    ...(renewalColumn !== undefined && { renewalColumn }),
    ...(dates !== undefined && { dates }),
    noReturns: values['no-returns'],
    ...(since !== undefined && { since }),
    ...(encoding !== undefined && { encoding: readEncoding(encoding) }),
    noQuotes: values['no-quotes'],
    skipBadRows: values['skip-bad-rows'],
  };
}

const OPTIONS = {
  ...COMMON_OPTIONS,
  season: { type: 'string' },
  'publish-at': { type: 'string' },
  'as-of': { type: 'string' },
  json: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  map: { type: 'string', multiple: true, default: [] as string[] },
  'renewal-column': { type: 'string' },
  dates: { type: 'string' },
  'no-returns': { type: 'boolean', default: false },
  since: { type: 'string' },
  encoding: { type: 'string' },
  'no-quotes': { type: 'boolean', default: false },
  'skip-bad-rows': { type: 'boolean', default: false },
} as const;

function readSeason(text: string | undefined): string | undefined {
  if (text === undefined || v.safeParse(SeasonId, text).success) return text;
  throw wrong(
    `"${text}" is no year: academic-2025 or calendar-2026`,
    `“${text}”不是年度：应写作 academic-2025 或 calendar-2026`,
  );
}

function lastDayOf(season: string): string {
  const [kind, year] = season.split('-');
  return makeSpan(kind === 'academic' ? 'academic' : 'calendar', Number(year)).window.to;
}

/** `returnedAt=归还时间`; an empty column is none. */
function readMap(texts: readonly string[]): Map<Field, string> {
  const map = new Map<Field, string>();
  for (const text of texts) {
    const at = text.indexOf('=');
    const name = plainHeader(text.slice(0, Math.max(at, 0)));
    const field = FIELDS.find((each) => plainHeader(each) === name);
    if (!field || map.has(field)) {
      throw wrong(
        `--map FIELD=COLUMN, each field once; fields: ${FIELDS.join(', ')}`,
        `--map 字段=列名，每个字段一次；字段有：${FIELDS.join('、')}`,
      );
    }
    map.set(field, text.slice(at + 1).trim());
  }
  return map;
}

function readEncoding(text: string): Encoding {
  const name = text.toLowerCase();
  const known = name === 'utf8' ? 'utf-8' : ['gbk', 'gb2312'].includes(name) ? 'gb18030' : name;
  const encoding = ENCODINGS.find((each) => each === known);
  if (encoding) return encoding;
  throw wrong(
    `--encoding: one of ${ENCODINGS.join(', ')}, gbk`,
    `--encoding 为 ${ENCODINGS.join('、')} 或 gbk`,
  );
}

/** A time as staff write it, in Beijing time where no offset is given. @returns ISO with offset */
function readTime(option: string, text: string): string {
  const [, date, time = '00:00', seconds = ':00', offset = '+08:00'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text.trim()) ?? [];
  const iso = `${date ?? ''}T${time}${seconds}${offset}`;
  // A date that no calendar has would become another one.
  if (date !== undefined && v.is(CalendarDate, date) && !Number.isNaN(Date.parse(iso))) return iso;
  throw wrong(`${option}: a time such as "2026-09-10 08:00"`, `${option} 应为时间，如 "2026-09-10 08:00"`);
}
