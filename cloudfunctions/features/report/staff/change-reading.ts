import { AppError } from '../../../runtime/app-error';
import type { SeasonChange } from '../../../stores/report-seasons';
import { spanOf } from '../season-span';
import type { StaffInput } from './staff-input';

type Reading = Pick<StaffInput<'report.imported'>, 'season' | 'returnsKnown' | 'importSince'>;

/** What an order changes of how imports of a year are read. @throws {AppError} BAD_REQUEST */
export function changeReading({ season, returnsKnown, importSince }: Reading): SeasonChange {
  if (importSince && importSince > spanOf(season).window.to)
    throw new AppError('BAD_REQUEST', 'importSince: expected a day that is not after the end of the year');
  return {
    ...(returnsKnown !== undefined && { returnsKnown }),
    ...(importSince !== undefined && { importSince: importSince ?? undefined }),
  };
}
