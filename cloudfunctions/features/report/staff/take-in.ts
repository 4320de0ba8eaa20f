import { AppError } from '../../../runtime/app-error';
import { requireSeason } from './show-progress';

/**
 * Whether an import that comes now is counted, or is for readers who came late.
 * @throws {AppError} NOT_FOUND, BAD_REQUEST; BUSY while the loans are being gone through
 */
export async function requireTakingIn(season: string): Promise<'early' | 'late'> {
  const { stage } = await requireSeason(season);
  if (stage === 'open' || stage === 'gathering') return 'early';
  if (stage === 'counting' || stage === 'discarding')
    throw new AppError('BUSY', 'loans are being counted: imports wait until that is done', true);
  return 'late';
}
