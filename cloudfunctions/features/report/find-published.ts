import { requireFound } from '../../runtime/require';
import { currentSeasons, type SeasonDocument } from '../../stores/report-seasons';

/** Years whose reports may be seen, newest first; as of at most 15 s ago. @param now ms */
export const listPublished = async (now: number): Promise<SeasonDocument[]> =>
  (await currentSeasons(now)).filter(({ stage }) => stage === 'published');

/** @throws {AppError} NOT_FOUND: there is no such year, or it is not published (any more) */
export const findPublished = async (now: number, id: string): Promise<SeasonDocument> =>
  requireFound(
    (await listPublished(now)).find(({ _id }) => _id === id),
    'published year',
  );
