import * as v from 'valibot';
import type { Named } from '../../contracts/catalog';
import type { DenialCode, Denied } from '../../contracts/denials';
import type { PageInput } from '../../contracts/fields';
import type { Loan } from '../../contracts/loans';
import type { PastLoan } from '../../contracts/personal';
import type { Loans, PatronAccess } from '../circulation';
import { LibraryFault } from '../library-fault';
import { branchOf } from '../web-session/branches';
import { dateIn, dueAtIn } from '../web-session/read-date';
import { LooseText } from '../web-session/read-json';
import { isOverdue, renewEach } from '../web-session/renew-each';
import { isUnsuccessful } from './ask';
import type { LibStar } from './ask';
import type { LibStarConfig } from './config';
import { asReader } from './sign-in';

const ROWS = 100;
const MOST_LOANS = 2_000;

const Row = v.object({
  loanId: v.pipe(v.union([v.number(), v.string()]), v.transform(String), v.regex(/^[\w.:~-]{1,64}$/)),
  recordId: LooseText,
  title: LooseText,
  author: LooseText,
  callNo: LooseText,
  barcode: LooseText,
  propNo: LooseText,
  loanDate: LooseText,
  normReturnDate: LooseText,
  returnDate: LooseText,
  curLibCode: LooseText,
  curLibName: LooseText,
  phyLibName: LooseText,
});
type Row = v.InferOutput<typeof Row>;
const Page = v.object({
  numFound: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
  searchResult: v.nullish(v.array(Row), []),
});
/** `success` counts the loans that were renewed; `result` says for each the new day, or why not. */
const Renewed = v.object({
  success: v.nullish(v.number()),
  result: v.nullish(v.union([v.string(), v.record(v.string(), v.unknown())])),
});

/** Words of LibStar's refusals; assumed from the words of other systems, none was seen. */
export const DENIAL_WORDS: readonly (readonly [RegExp, DenialCode])[] = [
  [/预约|被预定/u, 'ON_HOLD'],
  [/召回|催还/u, 'RECALLED'],
  [/次数|已达.*续借|超过最大/u, 'TOO_MANY_RENEWALS'],
  [/未到|不到.*时间|不在续借期|尚早/u, 'TOO_SOON'],
  [/超期|逾期|过期/u, 'OVERDUE'],
  [/欠款|欠费|罚款|滞纳/u, 'DEBT'],
  [/不(允许|可|能|得)续借|类型/u, 'ITEM_TYPE'],
  [/挂失/u, 'CARD_LOST'],
  [/停借|停用|冻结|暂停/u, 'BLOCKED'],
];

export function openLoans(
  site: LibStar,
  config: LibStarConfig,
  clock: { now(): number },
  denied: (text: string, fallback?: DenialCode) => Denied,
): Loans {
  const { branches, timeZone } = config;
  const list = async (jwt: string): Promise<Loan[]> => {
    const rows = await readAll(site, jwt, '/find/loanInfo/loanList');
    return rows.map((row) => loanOf(row, branches, timeZone, clock.now())).sort(byDue);
  };
  return {
    list: (access) => asReader(access, async (jwt) => ({ loans: await list(jwt) })),
    renew: (access: PatronAccess, loanIds) =>
      renewEach(loanIds, {
        list: () => asReader(access, async (jwt) => ({ loans: await list(jwt) })),
        renew: ({ loanId }) => asReader(access, (jwt) => renewOne(site, jwt, loanId, denied)),
      }),
    history: (access, page) => asReader(access, (jwt) => readHistory(site, jwt, page, timeZone)),
  };
}

const byDue = (a: Loan, b: Loan): number => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0);

const query = (page: number, rows: number) => ({
  page,
  rows,
  searchType: 1,
  searchContent: '',
  sortType: 0,
  startDate: null,
  endDate: null,
});

/** The site's paging stops short silently when it is not followed to the end. */
async function readAll(site: LibStar, jwt: string, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 1; ; page++) {
    const answer = await readPage(site, jwt, path, query(page, ROWS));
    rows.push(...answer.searchResult);
    const total = answer.numFound ?? rows.length;
    if (rows.length >= total && answer.searchResult.length < ROWS) return rows;
    if (rows.length >= total && answer.numFound !== undefined) return rows;
    if (answer.searchResult.length === 0 || rows.length >= MOST_LOANS) {
      throw new LibraryFault('GARBLED', `${path} told of ${total} loans and listed ${rows.length}`);
    }
  }
}

async function readPage(
  site: LibStar,
  jwt: string,
  path: string,
  body: ReturnType<typeof query>,
): Promise<{ numFound?: number; searchResult: Row[] }> {
  const { numFound, searchResult } = await site.read({ method: 'POST', path, body, jwt }, Page);
  return { searchResult, ...(typeof numFound === 'number' && { numFound }) };
}

function loanOf(row: Row, branches: readonly Named[], timeZone: string, now: number): Loan {
  const dueAt = dueAtIn(row.normReturnDate ?? '', timeZone);
  if (dueAt === undefined) throw new LibraryFault('GARBLED', 'loanList: a loan has no day it is due');
  const loanedAt = dueAtIn(row.loanDate ?? '', timeZone);
  const libName = row.curLibName ?? row.phyLibName;
  return {
    loanId: row.loanId,
    ...(row.recordId !== undefined && { bibId: row.recordId }),
    itemBarcode: row.barcode ?? row.propNo ?? '',
    title: row.title ?? '',
    ...(row.author !== undefined && { author: row.author }),
    ...(row.callNo !== undefined && { callNumber: row.callNo }),
    ...(libName !== undefined && { branch: branchOf(branches, row.curLibCode, libName) }),
    ...(loanedAt !== undefined && { loanedAt }),
    dueAt,
    overdue: isOverdue(dueAt, timeZone, now),
    // The site says only when it is asked to renew.
    renewal: { allowed: true, unsure: true },
  };
}

async function renewOne(
  site: LibStar,
  jwt: string,
  loanId: string,
  denied: (text: string) => Denied,
): Promise<{ done: true } | { denied: Denied }> {
  const ids = [/^\d{1,15}$/.test(loanId) ? Number(loanId) : loanId];
  const answer = await site.ask(
    { method: 'POST', path: '/find/lendbook/reNew', body: { loanIds: ids }, kind: 'write', jwt },
    Renewed,
  );
  if (isUnsuccessful(answer)) return { denied: denied(answer.refused) };
  if ((answer.success ?? 0) > 0) return { done: true };
  const { result } = answer;
  const words = typeof result === 'string' ? [result] : Object.values(result ?? {});
  return { denied: denied(words.filter((word) => typeof word === 'string').join('；')) };
}

async function readHistory(
  site: LibStar,
  jwt: string,
  { page, pageSize }: PageInput,
  timeZone: string,
): Promise<{ items: PastLoan[]; total: number }> {
  const path = '/find/loanInfo/loanHistoryList';
  const { numFound, searchResult } = await readPage(site, jwt, path, query(page, pageSize));
  if (numFound === undefined) throw new LibraryFault('GARBLED', `${path} does not tell how many there are`);
  return { items: searchResult.map((row) => pastLoanOf(row, timeZone)), total: numFound };
}

function pastLoanOf(row: Row, timeZone: string): PastLoan {
  const { loanId, recordId, title = '', author, callNo, curLibName, phyLibName } = row;
  const branch = curLibName ?? phyLibName;
  const dueAt = dueAtIn(row.normReturnDate ?? '', timeZone);
  const returnedAt = dateIn(row.returnDate ?? '');
  return {
    loanId,
    ...(recordId !== undefined && { bibId: recordId }),
    title,
    ...(author !== undefined && { author }),
    ...(callNo !== undefined && { callNumber: callNo }),
    ...(branch !== undefined && { branch }),
    loanedAt: dateIn(row.loanDate ?? '') ?? '',
    ...(dueAt !== undefined && { dueAt }),
    ...(returnedAt !== undefined && { returnedAt }),
  };
}
