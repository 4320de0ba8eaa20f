import { MOST_STATUS_DAYS } from '../../contracts/messages/staff';
import { COMMON_OPTIONS, COMMON_USAGE, parseCommandLine, readCommon, wrong } from '../staff/arguments';
import type { CommonArguments } from '../staff/arguments';

export const ORDERS = ['templates', 'status'] as const;
export type OrderName = (typeof ORDERS)[number];

export const USAGE = `npm run messages:ORDER -- [what] [options]

  templates [FILE.json]    shows the templates and accounts, or puts those of the file in the place of all there are
                           查看模板和账号设置，或用文件中的设置整个替换
    --dry-run              only checks the file; needs no cloud 只检查文件
  status [--days N]        how many messages were told in the last N days (7), what became of them, and what to do
                           最近 N 天（默认 7 天）的消息数量、结果，以及该做什么

${COMMON_USAGE}
  --json                   print JSON
  --help

Exit code: 0 done; 1 a file is not sound, or the order was refused; 2 the command line is wrong;
3 the cloud cannot be reached or gives no clear answer: a change may have been carried out all the same.
`;

export interface Arguments extends CommonArguments {
  order: OrderName;
  what: string[];
  days: number;
  dryRun: boolean;
  json: boolean;
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
  if (what.length > (order === 'templates' ? 1 : 0)) throw wrong('too much is named', '命令行写得太多');
  const days = Number(values.days);
  if (!/^\d+$/.test(values.days) || days < 1 || days > MOST_STATUS_DAYS) {
    throw wrong(`--days is 1 to ${MOST_STATUS_DAYS}`, `--days 为 1–${MOST_STATUS_DAYS}`);
  }
  return { ...readCommon(values), order, what, days, dryRun: values['dry-run'], json: values.json };
}

const OPTIONS = {
  ...COMMON_OPTIONS,
  days: { type: 'string', default: '7' },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;
