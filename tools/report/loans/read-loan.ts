import * as v from 'valibot';
import { ReportLoan } from '../../../contracts/report/loan';
import type { Says } from '../../staff/says';
import { FIELDS } from './fields';
import type { Field } from './fields';
import { readDate } from './read-date';
import type { DateOrder } from './read-date';

/** What a row has for each field, trimmed; `undefined` or `''` where it has nothing. */
export type Cells = Partial<Record<Field, string>> & { subjectList?: readonly string[] };

/** A loan on its way, without the id that it gets among the others of its reader. */
export interface FoundLoan {
  ref: string;
  readerType?: string;
  barcode?: string;
  loan: Omit<v.InferOutput<typeof ReportLoan>, 'loanId'> & { loanId?: string };
  /** Days since 1970-01-01, where it can be read. */
  day?: number;
}

export interface Trouble {
  field: Field;
  says: Says;
  /** An error: the row cannot be taken. Else the row goes on, and the engine says what becomes of it. */
  bad: boolean;
}

const MAX_REF = 128;
const MAX_TYPE = 64;
/** A number that a spreadsheet has rounded for display: several readers or books have become one. */
const ROUNDED = /^\d(?:\.\d+)?E\+?\d+$/i;
/** What an adapter's reference of a reader looks like. */
const SPELLED = /^[\w.:~-]{1,64}$/;

const tooLong = (most: number): Says => ({
  en: `too long: at most ${most} characters`,
  zh: `太长：最多 ${most} 个字符`,
});

/** One row as a loan; adds what is wrong or doubtful to `troubles`. */
export function readLoan(cells: Cells, order: DateOrder | undefined, troubles: Trouble[]): FoundLoan {
  const bad = (field: Field, says: Says): void => void troubles.push({ field, says, bad: true });
  const doubt = (field: Field, says: Says): void => void troubles.push({ field, says, bad: false });
  for (const field of NUMBERED) {
    const text = cells[field];
    if (text !== undefined && ROUNDED.test(text)) bad(field, ROUNDED_SAYS);
  }
  const ref = cells.reader ?? '';
  if (ref === '') bad('reader', { en: 'names no reader', zh: '没有读者' });
  else if (ref.length > MAX_REF) bad('reader', tooLong(MAX_REF));
  else if (/\p{Cc}/u.test(ref)) bad('reader', { en: 'has control characters', zh: '含有控制字符' });
  else if (!SPELLED.test(ref) && !ROUNDED.test(ref)) doubt('reader', UNSPELLED);
  const { readerType, barcode } = cells;
  if (readerType && readerType.length > MAX_TYPE) bad('readerType', tooLong(MAX_TYPE));

  const loan: FoundLoan['loan'] = {};
  for (const field of PLAIN) {
    const text = cells[field];
    if (text) loan[field] = text;
  }
  if (!loan.bibId && !loan.title) {
    doubt('title', { en: 'names no book: it will not count', zh: '没有题名或书目号：不会计入' });
  }
  const subjects = cells.subjectList ?? cells.subjects?.split(/[;|；]/u);
  const kept = subjects?.map((each) => each.trim()).filter((each) => each !== '');
  if (kept && kept.length > 0) loan.subjects = kept;
  if (cells.renewals) {
    if (/^\d{1,4}$/.test(cells.renewals)) loan.renewals = Number(cells.renewals);
    else doubt('renewals', { en: 'is no number: left out', zh: '不是数字：已略去' });
  }
  let day: number | undefined;
  for (const field of DATES) {
    const text = cells[field];
    if (!text) continue;
    const read = readDate(text, order);
    if (read === 'ambiguous') bad(field, AMBIGUOUS);
    else if (read === 'unreadable') {
      loan[field] = text;
      doubt(field, UNREADABLE[field]);
    } else {
      loan[field] = read.text;
      if (field === 'loanedAt') day = read.day;
    }
  }
  if (!cells.loanedAt) doubt('loanedAt', { en: 'is empty: it will not count', zh: '没有借出时间：不会计入' });
  checkAgainstContract(loan, bad);
  return {
    ref,
    ...(readerType && { readerType }),
    ...(barcode && { barcode }),
    loan,
    ...(day !== undefined && { day }),
  };
}

const PLAIN = ['loanId', 'bibId', 'title', 'author', 'clc', 'branch'] as const;
const NUMBERED = ['reader', 'loanId', 'bibId', 'barcode'] as const;
const DATES = ['loanedAt', 'dueAt', 'returnedAt'] as const;

const ROUNDED_SAYS: Says = {
  en: 'a spreadsheet has rounded this number: export it anew as text',
  zh: '这个号码被表格软件改成了科学计数：请按文本重新导出',
};
const UNSPELLED: Says = {
  en: 'has characters that no reader’s reference has: its loans count, but a report finds them only if the adapter knows the reader so',
  zh: '含有读者标识中没有的字符：借阅会计入全馆数字，但可能找不到对应的读者',
};
const AMBIGUOUS: Says = {
  en: 'the year is last: which comes first, day or month? Say --dates dmy or --dates mdy',
  zh: '年份在后：日在前还是月在前？请用 --dates dmy（日月年）或 --dates mdy（月日年）指明',
};
const UNREADABLE: Record<(typeof DATES)[number], Says> = {
  loanedAt: {
    en: 'no date that can be read: the loan will not count',
    zh: '不是能读懂的日期：这次借阅不会计入',
  },
  dueAt: { en: 'no date that can be read: counts as unknown', zh: '不是能读懂的日期：按不知道处理' },
  returnedAt: { en: 'no date that can be read: counts as unknown', zh: '不是能读懂的日期：按不知道处理' },
};

/** A row has no id yet where its file has none. */
const Loan = v.object({ ...ReportLoan.entries, loanId: v.optional(ReportLoan.entries.loanId) });

function checkAgainstContract(loan: FoundLoan['loan'], bad: (field: Field, says: Says) => void): void {
  if (v.is(Loan, loan)) return;
  for (const { path, requirement } of v.safeParse(Loan, loan).issues ?? []) {
    const key = path?.[0].key;
    const field = FIELDS.find((each) => each === key) ?? 'title';
    const isList = field === 'subjects' && path?.length === 1;
    bad(
      field,
      isList
        ? { en: `more than ${String(requirement)} subjects`, zh: `主题词超过 ${String(requirement)} 个` }
        : tooLong(Number(requirement)),
    );
  }
}
