import type { DenialCode, Denied } from '../../contracts/denials';
import type { PageInput } from '../../contracts/fields';
import type { Loan } from '../../contracts/loans';
import type { PastLoan } from '../../contracts/personal';
import type { Loans, PatronAccess, Refusal } from '../circulation';
import type { HttpClient } from '../http/http-client';
import { LibraryFault } from '../library-fault';
import { splitTitle } from '../web-session/bib-fields';
import { idFor } from '../web-session/item-id';
import { attribute, byTag, findAll, textOf } from '../web-session/parse-page';
import type { Element } from '../web-session/parse-page';
import { dateIn, dueAtIn } from '../web-session/read-date';
import { readTable, wordsIn } from '../web-session/read-table';
import { isOverdue, renewEach } from '../web-session/renew-each';
import type { HuiwenConfig } from './config';
import { branchFor } from './holdings';
import { asReader } from './reader-pages';
import type { ReaderPages } from './reader-pages';

const LOANS = {
  barcode: /^条码号?/u,
  title: /^题名/u,
  loanedAt: /^借阅日期|^借出日期/u,
  dueAt: /^应还日期/u,
  location: /馆藏地/u,
  renew: /^续借$/u,
};
const HISTORY = {
  barcode: /^条码号?/u,
  title: /^题名/u,
  author: /^责任者/u,
  loanedAt: /^借阅日期|^借出日期/u,
  returnedAt: /^归还日期/u,
  location: /馆藏地/u,
};

/** Texts of `ajax_renew.php`; the first three were seen in public code, the others are assumed. */
export const RENEWAL_WORDS: readonly (readonly [RegExp, DenialCode])[] = [
  [/wrong check code|验证码/iu, 'NEED_CAPTCHA'],
  [/不到续借时间/u, 'TOO_SOON'],
  [/超过最大续借次数|续借次数/u, 'TOO_MANY_RENEWALS'],
  [/预约|委托/u, 'ON_HOLD'],
  [/催还|召回/u, 'RECALLED'],
  [/超期|过期|逾期/u, 'OVERDUE'],
  [/欠款|罚款|违章/u, 'DEBT'],
  [/不得续借|不能续借|不允许续借/u, 'ITEM_TYPE'],
];

/** A loan of `book_lst.php`; the code goes back with the renewal. */
interface Listed {
  loan: Loan;
  check?: string;
}

export function openLoans(
  http: HttpClient,
  config: HuiwenConfig,
  clock: { now(): number },
  denied: (text: string, fallback?: DenialCode) => Denied,
): Loans {
  const list = (access: PatronAccess): Promise<{ listed: Listed[] } | Refusal> =>
    asReader(http, config, access, async (pages) => ({
      listed: await readLoans(pages, config, clock.now()),
    }));

  return {
    async list(access) {
      const answer = await list(access);
      return 'denied' in answer ? answer : { loans: answer.listed.map(({ loan }) => loan) };
    },

    async renew(access, loanIds) {
      const checks = new Map<string, string>();
      return renewEach(loanIds, {
        async list() {
          const answer = await list(access);
          if ('denied' in answer) return answer;
          for (const { loan, check } of answer.listed)
            if (check !== undefined) checks.set(loan.loanId, check);
          return { loans: answer.listed.map(({ loan }) => loan) };
        },
        async renew({ loanId, itemBarcode }) {
          const check = checks.get(loanId);
          if (check === undefined) return { denied: { code: 'UNSUPPORTED' } };
          return asReader(http, config, access, (pages) =>
            renewOne(pages, itemBarcode, check, clock.now(), denied),
          );
        },
      });
    },

    history: (access, page) => asReader(http, config, access, (pages) => readHistory(pages, page)),
  };
}

async function readLoans(pages: ReaderPages, config: HuiwenConfig, now: number): Promise<Listed[]> {
  const path = '/reader/book_lst.php';
  const page = await pages.page({ path, kind: 'read' });
  const lines = readTable(page, LOANS, ['barcode', 'title', 'dueAt']);
  if (!lines) return noneOn(page, path);
  return lines
    .map((line) => listedOf(line, config, now))
    .sort((a, b) => (a.loan.dueAt < b.loan.dueAt ? -1 : a.loan.dueAt > b.loan.dueAt ? 1 : 0));
}

/** A page without a table is an empty list only if it says so. @throws {LibraryFault} */
function noneOn(page: Element, path: string): never[] {
  if (/记录为空|没有(借阅|借书|在借|记录)|未借|暂无/u.test(textOf(page))) return [];
  throw new LibraryFault('GARBLED', `${path} holds no table of loans`, { reason: 'protocol' });
}

type Line = Partial<{ [name in keyof typeof LOANS]: Element }>;

function listedOf(line: Line, config: HuiwenConfig, now: number): Listed {
  const { timeZone } = config;
  const dueAt = dueAtIn(wordsIn(line.dueAt), timeZone);
  const barcode = wordsIn(line.barcode);
  if (dueAt === undefined || barcode === '') {
    throw new LibraryFault('GARBLED', 'book_lst.php: a loan has no barcode or no day it is due');
  }
  const { title, author } = splitTitle(wordsIn(line.title));
  const loanedAt = dueAtIn(wordsIn(line.loanedAt), timeZone);
  const location = wordsIn(line.location);
  const check = checkIn(line, barcode);
  return {
    loan: {
      loanId: idFor(barcode),
      itemBarcode: barcode,
      title,
      ...(author !== '' && { author }),
      ...(location !== '' && { branch: branchFor(config, '', location) }),
      ...(loanedAt !== undefined && { loanedAt }),
      dueAt,
      overdue: isOverdue(dueAt, timeZone, now),
      // The page does not say what renewing will say.
      renewal: { allowed: true, unsure: true },
    },
    ...(check !== undefined && { check }),
  };
}

/** The button of each loan calls `getInLib('barcode','check','n')`; some versions have no heading above it. */
function checkIn(line: Line, barcode: string): string | undefined {
  const row = line.barcode?.parentNode;
  if (!row || !('tagName' in row)) return undefined;
  for (const button of findAll(row, byTag('input', 'a', 'button'))) {
    const call = attribute(button, 'onclick') ?? attribute(button, 'href') ?? '';
    const [, of, check] = /getInLib\(\s*'([^']{1,64})'\s*,\s*'([^']{1,64})'\s*[,)]/.exec(call) ?? [];
    if (of === barcode && check !== undefined && /^[\w-]+$/.test(check)) return check;
  }
  return undefined;
}

/** `GET /reader/ajax_renew.php`, which is a write all the same: green text for yes, red for no. */
async function renewOne(
  pages: ReaderPages,
  barcode: string,
  check: string,
  now: number,
  denied: (text: string, fallback?: DenialCode) => Denied,
): Promise<{ done: true } | Refusal> {
  const path = '/reader/ajax_renew.php';
  const query = { bar_code: barcode, check, captcha: '', time: now };
  const page = await pages.page({ path, query, kind: 'write' });
  const text = textOf(page);
  const colours = findAll(page, byTag('font')).map((font) => attribute(font, 'color')?.toLowerCase());
  if (/续借成功/u.test(text) || colours.includes('green')) return { done: true };
  if (colours.includes('red') || denied(text, 'OTHER').code !== 'OTHER') return { denied: denied(text) };
  throw new LibraryFault('GARBLED', `${path} says neither yes nor no`, { reason: 'protocol' });
}

/** `/reader/book_hist.php?para_string=all`: everything on one page. */
async function readHistory(
  pages: ReaderPages,
  { page, pageSize }: PageInput,
): Promise<{ items: PastLoan[]; total: number }> {
  const path = '/reader/book_hist.php';
  const answer = await pages.page({ path, query: { para_string: 'all' }, kind: 'read' });
  const lines = readTable(answer, HISTORY, ['barcode', 'title', 'loanedAt']) ?? noneOn(answer, path);
  const past = lines.map(pastLoanOf).sort((a, b) => compare(b, a));
  return { items: past.slice((page - 1) * pageSize, page * pageSize), total: past.length };
}

const compare = (a: PastLoan, b: PastLoan): number =>
  (a.returnedAt ?? '') < (b.returnedAt ?? '') ? -1 : (a.returnedAt ?? '') > (b.returnedAt ?? '') ? 1 : 0;

function pastLoanOf(line: Partial<{ [name in keyof typeof HISTORY]: Element }>): PastLoan {
  const { title, author } = splitTitle(wordsIn(line.title));
  const who = wordsIn(line.author) || author;
  const branch = wordsIn(line.location);
  const loanedAt = dateIn(wordsIn(line.loanedAt)) ?? '';
  const returnedAt = dateIn(wordsIn(line.returnedAt));
  return {
    loanId: idFor(`${wordsIn(line.barcode)}.${loanedAt}.${returnedAt ?? ''}`),
    title,
    ...(who !== '' && { author: who }),
    ...(branch !== '' && { branch }),
    loanedAt,
    ...(returnedAt !== undefined && { returnedAt }),
  };
}
