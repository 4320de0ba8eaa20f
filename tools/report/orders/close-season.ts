import { both, Refused } from '../../staff/says';
import { requireSeason, requireStage } from './order';
import type { Order } from './order';

/** `close YEAR`: removes one that was opened by mistake. */
export const close: Order = async ({ args, call, out, confirm }) => {
  const { by } = args;
  const season = requireSeason(args);
  const before = await call('report.status', { by, season });
  requireStage(before, 'open');
  const { optedIn } = before;
  if (optedIn > 0)
    throw new Refused({
      en: `${optedIn} readers have opted in for ${season}: it stays open`,
      zh: `已有 ${optedIn} 位读者参加 ${season}，不能取消`,
    });
  if (before.import?.whole)
    throw new Refused({ en: `${season} has an import: it stays open`, zh: `${season} 已有导入，不能取消` });
  await confirm({
    en: `Remove ${season}, as if it had not been opened?`,
    zh: `取消 ${season}，如同没有开启过？`,
  });
  await call('report.close', { by, season });
  out(both({ en: `${season} is gone.`, zh: `已取消 ${season}。` }));
  return 0;
};
