import { COMMON_OPTIONS, COMMON_USAGE, parseCommandLine, readCommon, wrong } from '../staff/arguments';
import type { CommonArguments } from '../staff/arguments';

export const ORDERS = [
  'import',
  'stats',
  'waive',
  'extra-time',
  'export',
  'preview',
  'settings',
  'export-bank',
] as const;
export type OrderName = (typeof ORDERS)[number];

export const USAGE = `npm run onboarding:ORDER -- [what] [options]

  import FILE...           makes the questions of one bank (.xlsx, .csv or .json files) the bank from now on
                           导入题库（.xlsx、.csv 或 .json，可以几个文件合成一个题库）
  stats                    who has begun and passed, and how hard and how telling each question is
                           完成情况，以及每道题的难度和区分度
  waive CODE --reason R    lets a reader off; --off asks it of them again
                           免除一位读者；--off 取消免除
  extra-time CODE MINUTES --reason R
                           gives a reader more minutes for a paper, 0 takes them back
                           给一位读者加时（分钟），0 为取消
  export --out FILE --reason R
                           writes who has passed to a new CSV file
                           把通过名单写入新的 CSV 文件
  preview [--seed TEXT]    shows a paper with its answers, drawn as for a reader
                           预览一份试卷和答案
  export-bank FILE.xlsx [--version V]
                           writes the bank of now (--local, --env), an earlier version of it, or, without a cloud,
                           the questions that come with Shutong to a new spreadsheet that import takes
                           把题库写成新的表格，改好可再导入：云端现在的题库（--local、--env）、它的某个旧版本，
                           或不连云端时，随书童附带的题库
  settings [FILE.json]     shows the settings, or makes those of the file the settings
                           查看设置，或采用文件中的设置

${COMMON_USAGE}
  --dry-run                import: only check the files and show what is in them
  --json                   stats, preview, settings: print JSON
  --help

CODE is the reader's code as the app shows it, e.g. 7K2M-9QXT-04CD.
Exit code: 0 done; 1 a file is not sound, or the order was refused; 2 the command line is wrong;
3 the cloud cannot be reached or gives no clear answer: a change may have been carried out all the same.
`;

export interface Arguments extends CommonArguments {
  order: OrderName;
  what: string[];
  reason?: string;
  out?: string;
  /** Of a bank. */
  version?: string;
  seed: string;
  off: boolean;
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
  const { reason, out, version } = values;
  return {
    ...readCommon(values),
    order,
    what,
    ...(reason !== undefined && { reason }),
    ...(out !== undefined && { out }),
    ...(version !== undefined && { version }),
    seed: values.seed,
    off: values.off,
    dryRun: values['dry-run'],
    json: values.json,
  };
}

const OPTIONS = {
  ...COMMON_OPTIONS,
  reason: { type: 'string' },
  out: { type: 'string' },
  version: { type: 'string' },
  seed: { type: 'string', default: 'preview' },
  off: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;
