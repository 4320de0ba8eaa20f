import type { DenialCode, Denied } from '../../contracts/denials';
import type { Loan } from '../../contracts/loans';
import type { Loans, Refusal } from '../circulation';
import type { HttpClient } from '../http/http-client';
import { LibraryFault } from '../library-fault';
import { branchOf } from '../web-session/branches';
import { idFor } from '../web-session/item-id';
import { attribute, byTag, findAll, inputValue, textOf } from '../web-session/parse-page';
import type { Element } from '../web-session/parse-page';
import { dueAtIn } from '../web-session/read-date';
import { readTable, wordsIn } from '../web-session/read-table';
import { isOverdue, renewEach } from '../web-session/renew-each';
import type { InterlibConfig } from './config';
import { asReader } from './reader-pages';
import type { ReaderPages } from './reader-pages';

const COLUMNS = {
  barcode: /^条码号?/u,
  title: /^题名/u,
  author: /^(著者|责任者)/u,
  callNumber: /^索书号/u,
  branch: /^(所在馆|馆藏馆|分馆)$/u,
  loanedAt: /^借(出|书)(时间|日期)/u,
  dueAt: /^应还(时间|日期)/u,
};
type Line = Partial<{ [name in keyof typeof COLUMNS]: Element }>;

/** The smallest page of a list that was seen; a shorter one is the last. */
const SMALLEST_PAGE = 10;
const ROWS = 100;
const MOST_PAGES = 100;

/** Texts of `doRenew`; assumed from the words of other systems. */
export const RENEWAL_WORDS: readonly (readonly [RegExp, DenialCode])[] = [
  [/验证码/u, 'NEED_CAPTCHA'],
  [/预约|预借/u, 'ON_HOLD'],
  [/催还|召回/u, 'RECALLED'],
  [/次数|已续借过/u, 'TOO_MANY_RENEWALS'],
  [/未到|不到|不在.*续借/u, 'TOO_SOON'],
  [/超期|过期|逾期/u, 'OVERDUE'],
  [/欠款|罚款|欠费/u, 'DEBT'],
  [/不(能|得|可|允许)续借/u, 'ITEM_TYPE'],
];

export function openLoans(
  http: HttpClient,
  config: InterlibConfig,
  clock: { now(): number },
  denied: (text: string, fallback?: DenialCode) => Denied,
): Loans {
  const list: Loans['list'] = (access) =>
    asReader(http, config, access, async (pages) => ({ loans: await readLoans(pages, config, clock.now()) }));
  return {
    list,
    renew: (access, loanIds) =>
      renewEach(loanIds, {
        list: () => list(access),
        renew: ({ itemBarcode }) =>
          asReader(http, config, access, (pages) => renewOne(pages, config, itemBarcode, denied)),
      }),
  };
}

/** `/loan/currentLoanList`, until a page brings nothing new: sites give fewer rows than they are asked for. */
async function readLoans(pages: ReaderPages, config: InterlibConfig, now: number): Promise<Loan[]> {
  const path = '/loan/currentLoanList';
  const loans = new Map<string, Loan>();
  for (let number = 1; ; number++) {
    if (number > MOST_PAGES) throw new LibraryFault('GARBLED', `${path} has no end`, { reason: 'protocol' });
    const page = await pages.page({ path, query: { page: number, rows: ROWS }, kind: 'read' });
    const lines = readTable(page, COLUMNS, ['barcode', 'title', 'dueAt']) ?? noneOn(page, path);
    const fresh = lines.map((line) => loanOf(line, config, now)).filter(({ loanId }) => !loans.has(loanId));
    for (const loan of fresh) loans.set(loan.loanId, loan);
    if (fresh.length === 0 || lines.length < SMALLEST_PAGE) break;
  }
  return [...loans.values()].sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
}

/** A page without a table is an empty list only if it says so. @throws {LibraryFault} */
function noneOn(page: Element, path: string): never[] {
  if (/找不到符合的记录|没有(符合|借阅|记录)|暂无/u.test(textOf(page))) return [];
  throw new LibraryFault('GARBLED', `${path} holds no table of loans`, { reason: 'protocol' });
}

function loanOf(line: Line, { branches, timeZone }: InterlibConfig, now: number): Loan {
  const barcode = wordsIn(line.barcode);
  const dueAt = dueAtIn(wordsIn(line.dueAt), timeZone);
  if (barcode === '' || dueAt === undefined) {
    throw new LibraryFault('GARBLED', 'currentLoanList: a loan has no barcode or no day it is due');
  }
  const bibId = recnoIn(line.title);
  const author = wordsIn(line.author);
  const callNumber = wordsIn(line.callNumber);
  const branch = wordsIn(line.branch);
  const loanedAt = dueAtIn(wordsIn(line.loanedAt), timeZone);
  return {
    loanId: idFor(barcode),
    ...(bibId !== undefined && { bibId }),
    itemBarcode: barcode,
    title: wordsIn(line.title),
    ...(author !== '' && { author }),
    ...(callNumber !== '' && { callNumber }),
    ...(branch !== '' && { branch: branchOf(branches, undefined, branch) }),
    ...(loanedAt !== undefined && { loanedAt }),
    dueAt,
    overdue: isOverdue(dueAt, timeZone, now),
    // The page does not say what renewing will say.
    renewal: { allowed: true, unsure: true },
  };
}

/** The title links to `/book/{recno}`. */
function recnoIn(cell: Element | undefined): string | undefined {
  const [link] = cell ? findAll(cell, byTag('a')) : [];
  return /\/book\/(\d{1,18})(?:[?#;]|$)/.exec((link && attribute(link, 'href')) ?? '')?.[1];
}

/** `POST /loan/doRenew`; newer sites want the token of the form it belongs to. */
async function renewOne(
  pages: ReaderPages,
  { baseUrl }: InterlibConfig,
  barcode: string,
  denied: (text: string, fallback?: DenialCode) => Denied,
): Promise<{ done: true } | Refusal> {
  const path = '/loan/doRenew';
  const form = await pages.page({ path: '/loan/renewList', kind: 'read' });
  const pdsToken = inputValue(form, 'pdsToken');
  const furl = `${new URL(baseUrl).pathname.replace(/\/$/, '')}/loan/renewList`;
  const page = await pages.page({
    path,
    form: { barcodeList: barcode, furl, renewAll: '', ...(pdsToken !== undefined && { pdsToken }) },
    kind: 'write',
  });
  const text = answerOn(page);
  if (/成功/u.test(text) && !/不成功|未成功|失败/u.test(text)) return { done: true };
  const refusal = denied(text, 'OTHER');
  if (refusal.code === 'OTHER' && !/失败|不成功|未成功|不(能|得|可)/u.test(text)) {
    throw new LibraryFault('GARBLED', `${path} says neither yes nor no`, { reason: 'protocol' });
  }
  return { denied: denied(text) };
}

function answerOn(page: Element): string {
  for (const id of ['messageInfo', 'content']) {
    const [found] = findAll(page, (element) => attribute(element, 'id') === id);
    if (found) return textOf(found).slice(0, 200);
  }
  return '';
}
