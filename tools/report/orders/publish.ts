import { requireSeason, requireStage } from './order';
import type { Order } from './order';
import { describeStatus } from './show-status';

/** `publish YEAR`: from then on readers open their reports. */
export const publish: Order = async ({ args, call, out, tell, now, confirm }) => {
  const { by } = args;
  const season = requireSeason(args);
  const before = await call('report.status', { by, season });
  requireStage(before, 'ready');
  for (const line of describeStatus(before, now())) tell(line);
  await confirm({
    en: `Publish ${season}? Readers can open their reports and share them.`,
    zh: `发布 ${season}？读者即可打开并分享自己的报告。`,
  });
  for (const line of describeStatus(await call('report.publish', { by, season }), now())) out(line);
  return 0;
};

/** `withdraw YEAR`. */
export const withdraw: Order = async ({ args, call, out, now, confirm }) => {
  const { by } = args;
  const season = requireSeason(args);
  requireStage(await call('report.status', { by, season }), 'published');
  await confirm({
    en: `Take ${season} back? Nobody can open a report or a shared link until it is published again.`,
    zh: `撤回 ${season}？在重新发布之前，任何人都不能打开报告或分享链接。`,
  });
  for (const line of describeStatus(await call('report.withdraw', { by, season }), now())) out(line);
  return 0;
};
