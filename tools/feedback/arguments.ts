import * as v from 'valibot';
import { TicketId } from '../../contracts/feedback';
import { TICKET_LISTS } from '../../contracts/feedback-staff';
import { COMMON_OPTIONS, COMMON_USAGE, parseCommandLine, readCommon, wrong } from '../staff/arguments';
import type { CommonArguments } from '../staff/arguments';

export const ORDERS = ['list', 'show', 'reply', 'close', 'reopen', 'judge'] as const;
export type OrderName = (typeof ORDERS)[number];
export type ListName = (typeof TICKET_LISTS)[number];

export const USAGE = `npm run feedback:ORDER -- [what] [options]

  list [LIST]              what readers have written, the longest waiting first
                           读者写来的内容，等得最久的在前
                           LIST: open, answered, closed, review; open if left out
                           open 待回复，answered 已回复，closed 已关闭，review 待人工判断；不写为 open
  show TICKET              what was written and answered, with links to its pictures, valid for ten minutes
                           显示内容、回复和图片链接（十分钟内有效）
  reply TICKET --text TEXT answers it; the reader is told. --file FILE takes the text from a file
                           回复并通知读者；--file 从文件读取回复
  close TICKET             nothing is to be done any more; the reader can still write more
                           关闭工单；读者仍可继续写
  reopen TICKET            takes that back
                           重新打开
  judge TICKET PLACE --pass | --reject
                           decides about the entry with this number, where WeChat’s content check leaves it to a human;
                           --reject also removes its pictures, for good
                           对微信内容安全检查留给人工判断的一条作出决定；--reject 会永久删除其中的图片

${COMMON_USAGE}
  --json                   list, show: print JSON
  --help

TICKET is the id that list prints. Exit code: 0 done; 1 the order was refused; 2 the command line is wrong;
3 the cloud cannot be reached or gives no clear answer: a change may have been carried out all the same.
The same reply given again is one answer.
`;

export interface Arguments extends CommonArguments {
  order: OrderName;
  what: string[];
  text?: string;
  file?: string;
  pass: boolean;
  reject: boolean;
  json: boolean;
}

/**
 * @param args without the program's name, the order first
 * @returns undefined when only help was asked for
 * @throws {UsageError}
 */
export function parseArguments(args: string[]): Arguments | undefined {
  const { values, positionals } = parseCommandLine(args.map(markId), OPTIONS);
  const [name, ...what] = positionals.map(unmarkId);
  if (values.help || name === undefined) return undefined;
  const order = ORDERS.find((each) => each === name);
  if (!order) throw wrong(`no such order: ${name}`, `没有这个命令：${name}`);
  const { text, file } = values;
  return {
    ...readCommon(values),
    ...{ order, what, pass: values.pass, reject: values.reject, json: values.json },
    ...(text !== undefined && { text }),
    ...(file !== undefined && { file }),
  };
}

/** One id in 64 begins with a hyphen, which would make it an option; no option is as long as an id. */
const MARK = '=';
const markId = (arg: string): string => (arg.startsWith('-') && v.is(TicketId, arg) ? `${MARK}${arg}` : arg);
const unmarkId = (arg: string): string => (arg.startsWith(`${MARK}-`) ? arg.slice(MARK.length) : arg);

const OPTIONS = {
  ...COMMON_OPTIONS,
  text: { type: 'string' },
  file: { type: 'string' },
  pass: { type: 'boolean', default: false },
  reject: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** @throws {UsageError} */
export function requireList({ what: [name = 'open', ...more] }: Arguments): ListName {
  const list = TICKET_LISTS.find((each) => each === name);
  if (list && more.length === 0) return list;
  throw wrong(`a list is one of ${TICKET_LISTS.join(', ')}`, `列表为 ${TICKET_LISTS.join('、')} 之一`);
}

/** @param others how many words may follow the ticket. @throws {UsageError} */
export function requireTicket({ what: [id = '', ...more] }: Arguments, others = 0): string {
  if (!v.is(TicketId, id))
    throw wrong('which ticket? the id that feedback:list prints', '哪个工单？请用 feedback:list 显示的编号');
  if (more.length <= others) return id;
  throw wrong(
    `too much is named: ${more.slice(others).join(' ')} (a text of several words stands in quotes)`,
    `命令行写得太多：${more.slice(others).join(' ')}（含空格的文字请加引号）`,
  );
}

/** @returns which entry, from 0, and what is decided. @throws {UsageError} */
export function requireJudgement({ what, pass, reject }: Arguments): { place: number; pass: boolean } {
  const [, number = ''] = what;
  if (!/^[1-9]\d?$/.test(number))
    throw wrong(
      'which entry? the number before it in feedback:show',
      '哪一条？请用 feedback:show 显示的序号',
    );
  if (pass === reject) throw wrong('either --pass or --reject', '--pass 和 --reject 须选其一');
  return { place: Number(number) - 1, pass };
}
