import type * as v from 'valibot';
import type { HistoryExportOutput, PastLoan } from '../../../contracts/personal';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { localDate } from '../../runtime/format-time';
import { countCall } from '../../stores/rates';
import { toCsv } from './to-csv';
import { findOptedIn, readHistory } from './read-history';

const PAGE_SIZE = 50;
/** The cloud lets a function answer 1 MB; what is longer than this is refused, not cut. */
const MAX_CSV_BYTES = 900_000;
const HEADER = ['题名', '作者', '索书号', '馆藏地', '借出', '应还', '归还', '续借次数'];

/** The whole history as a table. */
export async function exportHistory(context: Context): Promise<v.InferOutput<typeof HistoryExportOutput>> {
  const loans = await readAll(context);
  const rows = loans.map((loan) => [
    loan.title,
    loan.author ?? '',
    loan.callNumber ?? '',
    loan.branch ?? '',
    loan.loanedAt,
    loan.dueAt ?? '',
    loan.returnedAt ?? '',
    loan.renewals === undefined ? '' : String(loan.renewals),
  ]);
  const csv = toCsv([HEADER, ...rows]);
  if (Buffer.byteLength(csv) > MAX_CSV_BYTES) {
    throw new AppError('UNSUPPORTED', 'the history is too long for one file');
  }
  const timeZone = (await context.library()).timeZone;
  return { fileName: `借阅历史-${localDate(context.now(), timeZone)}.csv`, csv, rows: rows.length };
}

async function readAll(context: Context): Promise<PastLoan[]> {
  await countCall(context.openid, 'history.export', context.now());
  const binding = await findOptedIn(context);
  if (!binding) return [];
  const loans = new Map<string, PastLoan>();
  for (let page = 1; ; page++) {
    const { items, total, denied } = await readHistory(context, binding, { page, pageSize: PAGE_SIZE });
    if (denied) throw new AppError('NOT_FOUND', `the library shows no history: ${denied.code}`);
    for (const loan of items) loans.set(loan.loanId, loan);
    if (items.length === 0 || page * PAGE_SIZE >= total) return [...loans.values()];
  }
}
