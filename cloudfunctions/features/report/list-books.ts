import type * as v from 'valibot';
import type { ReportBooksInput, ReportBooksOutput } from '../../../contracts/report/actions';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { countOften } from '../../stores/rates';
import { findLoans, type GatheredLoans } from '../../stores/report-loans-read';
import { importsOf, type SeasonDocument } from '../../stores/report-seasons';
import { findReportHead } from '../../stores/reports';
import { listBooks as listTitles } from './engine/list-books';
import { findPublished } from './find-published';
import { readingsOf } from './reading-of';

/**
 * All titles of the year of a report, page by page, as it counts them.
 * @throws {AppError} NOT_FOUND: there is no report, or the loans that it was made from are kept, or open, no more
 */
export async function listBooks(
  context: Context,
  { season: id, page, pageSize }: v.InferOutput<typeof ReportBooksInput>,
): Promise<v.InferOutput<typeof ReportBooksOutput>> {
  await countOften(context.openid, 'report.read', context.now());
  const season = await findPublished(context.now(), id);
  const head = requireFound(await findReportHead(context.openid, id), 'report');
  const asOf = requireFound(head.asOf, 'report, none has been made');
  const loans = requireFound(await findOwn(context, head.patron, season), 'loans of the report');
  const rows = requireFound(loans.loans, 'loans of the report that open');
  const titles = listTitles(rows, readingsOf({ ...season, asOf })(loans));
  const items = titles.slice((page - 1) * pageSize, page * pageSize);
  return { items, total: titles.length, page };
}

async function findOwn(
  context: Context,
  patron: string,
  season: SeasonDocument,
): Promise<GatheredLoans | undefined> {
  for await (const [loans] of findLoans(context.desk(), season._id, [patron], importsOf(season)))
    return loans;
  return undefined;
}
