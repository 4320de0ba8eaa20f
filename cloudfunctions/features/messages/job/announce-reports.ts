import type { MessageBody } from '../../../../contracts/messages/body';
import { announceNew, type MessageDocument } from '../../../stores/messages';
import { findMade } from '../../../stores/report-steps';
import { currentSeasons } from '../../../stores/report-seasons';
import type { PlanDocument } from '../../../stores/message-plans';
import type { Run } from './run';

/** So long after the publication of a year its readers are told; later it is no news. */
const NEWS_FOR = 30 * 86_400_000;

/** Tells readers who are looked at that their reports of the year can be opened, once. */
export async function announceReports(run: Run, plans: readonly PlanDocument[]): Promise<void> {
  const { context } = run;
  const now = context.now();
  const bindings = new Map(plans.map(({ _id, bindingId }) => [_id, bindingId]));
  for (const { _id: season, stage, publishedAt = 0 } of await currentSeasons(now)) {
    if (stage !== 'published' || publishedAt > now || publishedAt <= now - NEWS_FOR) continue;
    const made = await findMade(season, [...bindings.keys()]);
    const mine = made.filter(({ owner, bindingId }) => bindings.get(owner) === bindingId);
    if (mine.length === 0) continue;
    const announcements = mine.map(({ owner: openid, bindingId }) => ({
      ...{ openid, bindingId, subject: season },
      body: { kind: 'reportReady' as const, season },
    }));
    run.count('reportsReady', await announceNew(context.desk(), announcements, now));
  }
}

/** Whether what was announced is so: until it is sent, a reader may opt out of reports, or their year be withdrawn. */
export async function isStillSo(
  { context }: Run,
  { owner, bindingId }: Pick<MessageDocument, 'owner' | 'bindingId'>,
  body: MessageBody,
): Promise<boolean> {
  if (body.kind !== 'reportReady') return true;
  const { season } = body;
  const seasons = await currentSeasons(context.now());
  if (!seasons.some(({ _id, stage }) => _id === season && stage === 'published')) return false;
  const [made] = await findMade(season, [owner]);
  return made !== undefined && made.bindingId === bindingId;
}
