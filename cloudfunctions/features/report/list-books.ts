import type * as v from 'valibot';
import type { ReportBooksInput, ReportBooksOutput } from '../../../contracts/report/actions';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { countOften } from '../../stores/rates';
import { findLoans } from '../../stores/report-loans';
import { findReportHead } from '../../stores/reports';
import { listBooks as listTitles } from './engine/list-books';
import { findPublished } from './find-published';
import { readingOf } from './reading-of';

/**
 * All titles of the year of a report, page by page, as it counts them.
 * @throws {AppError} NOT_FOUND: there is no report, or the loans that it was made from are kept no more
 */
export async function listBooks(
  context: Context,
  { season: id, page, pageSize }: v.InferOutput<typeof ReportBooksInput>,
): Promise<v.InferOutput<typeof ReportBooksOutput>> {
  await countOften(context.openid, 'report.read', context.now());
  const season = await findPublished(context.now(), id);
  const head = requireFound(await findReportHead(context.openid, id), 'report');
  const asOf = requireFound(head.asOf, 'report, none has been made');
  const timeZone = requireFound(season.timeZone, 'time zone of the year');
  const found = await findLoans(context.desk(), id, [head.patron], season.import?.id);
  const loans = requireFound(found.get(head.patron), 'loans of the report');
  const titles = listTitles(loans.loans, readingOf({ ...season, timeZone }, loans, asOf));
  const items = titles.slice((page - 1) * pageSize, page * pageSize);
  return { items, total: titles.length, page };
}
