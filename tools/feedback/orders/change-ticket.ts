import { both } from '../../staff/says';
import { requireJudgement, requireTicket } from '../arguments';
import type { Order } from './order';
import { describeTicket } from './show-ticket';

/** `close TICKET`. */
export const closeTicket: Order = async ({ args, call, out }) => {
  for (const line of describeTicket(await call('feedback.close', { by: args.by, id: requireTicket(args) })))
    out(line);
  return 0;
};

/** `reopen TICKET`. */
export const reopenTicket: Order = async ({ args, call, out }) => {
  for (const line of describeTicket(await call('feedback.reopen', { by: args.by, id: requireTicket(args) })))
    out(line);
  return 0;
};

/** `judge TICKET PLACE --pass | --reject`. */
export const judgeEntry: Order = async ({ args, call, out, tell, confirm }) => {
  const id = requireTicket(args, 1);
  const { place, pass } = requireJudgement(args);
  if (!pass)
    await confirm({
      en: `Reject entry ${place + 1}? Its pictures are removed for good.`,
      zh: `拒绝第 ${place + 1} 条？其中的图片会永久删除。`,
    });
  const input = { by: args.by, id, place, pass };
  const { judged, ...shown } = await call('feedback.judge', input);
  for (const line of describeTicket(shown)) out(line);
  if (!judged)
    tell(
      both({
        en: 'Nothing of this entry waits for a decision (any more): it stays as it is.',
        zh: '这一条没有（或已经没有）待判断的内容，保持原样。',
      }),
    );
  return 0;
};
