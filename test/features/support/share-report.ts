import { createHash, randomBytes } from 'node:crypto';
import type { CardKind } from '../../../contracts/report/cards';
import { shareReport } from '../../../cloudfunctions/features/report/engine/show-to-others';
import type { LocalCloud } from '../../support/local-cloud';
import { addDocuments, changeDocument } from './read-database';
import { openStored, SEASON, sealerOf, storedReports } from './report-season';

/** Leaves what the reader's own calls leave: an open link, then cards that are hidden. @returns the link's id */
export async function shareFor(
  cloud: LocalCloud,
  openid: string,
  cards: CardKind[],
  hidden: CardKind[],
): Promise<string> {
  const stored = (await storedReports(cloud)).find(({ owner }) => owner === openid)!;
  const token = randomBytes(16).toString('base64url');
  const _id = createHash('sha256').update(token).digest('base64url');
  const now = cloud.clock.now();
  const shared = shareReport(openStored(cloud, stored), cards);
  await addDocuments(cloud.url(), 'report_shares', [
    { _id, owner: openid, season: SEASON, shared, expiresAt: now + 86_400_000 },
  ]);
  await changeDocument(cloud.url(), 'reports', stored._id, {
    ...{ link: { cards, since: now }, hidden },
    token: sealerOf(cloud).seal(token, { owner: stored._id, purpose: 'reports.token' }),
  });
  return _id;
}
