import { both } from '../../staff/says';
import { requireSeason } from './order';
import type { Order } from './order';
import { describeStatus } from './show-status';

/** `season YEAR`: opens it, or changes when it is to be published. */
export const openSeason: Order = async ({ args, call, out, now, confirm }) => {
  const season = requireSeason(args);
  const { publishAt } = args;
  await confirm(
    publishAt === undefined
      ? {
          en: `Open ${season}? Readers are offered to opt in from then on.`,
          zh: `开启 ${season}？读者即可参加。`,
        }
      : publishAt === null
        ? { en: `Publish ${season} only by order?`, zh: `取消 ${season} 的定时发布？` }
        : Date.parse(publishAt) <= now()
          ? {
              en: `${publishAt} has passed: ${season} will be published as soon as it is ready, without a look at the preview. Is that meant?`,
              zh: `${publishAt} 已经过去：${season} 一备好就会发布，来不及看预览。确定吗？`,
            }
          : {
              en: `Publish ${season} by itself at ${publishAt}?`,
              zh: `${season} 定于 ${publishAt} 自动发布？`,
            },
  );
  const status = await call('report.season', {
    by: args.by,
    season,
    ...(publishAt !== undefined && { publishAt }),
    ...(args.noReturns && { returnsKnown: false }),
    ...(args.since !== undefined && { importSince: args.since }),
  });
  out(both({ en: 'Done.', zh: '已办理。' }));
  for (const line of describeStatus(status, now())) out(line);
  return 0;
};
