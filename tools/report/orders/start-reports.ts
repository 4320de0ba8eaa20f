import { timeAtHome } from '../../staff/local-time';
import { requireSeason, requireStage } from './order';
import type { Order } from './order';
import { describeStatus } from './show-status';

/** `start YEAR`: takes the snapshot and lets the job begin. */
export const startReports: Order = async ({ args, call, out, tell, now, confirm }) => {
  const { by, asOf } = args;
  const season = requireSeason(args);
  const before = await call('report.status', { by, season });
  requireStage(before, 'open');
  for (const line of describeStatus(before, now())) tell(line);
  const when =
    asOf === undefined ? { en: 'now', zh: '现在' } : { en: timeAtHome(asOf), zh: timeAtHome(asOf) };
  await confirm({
    en: `Take the snapshot of ${season} as of ${when.en}? What happens later is in no report, and loans of readers who did not opt in are removed once they are counted.`,
    zh: `以${when.zh}为准为 ${season} 取快照？此后的借还不计入报告；未参加读者的借阅在统计后删除。`,
  });
  const status = await call('report.start', { by, season, ...(asOf !== undefined && { asOf }) });
  for (const line of describeStatus(status, now())) out(line);
  return 0;
};
