import type * as v from 'valibot';
import type { ReaderOutput } from '../../../../contracts';
import type { MarkReadInput } from '../../../../contracts/messages/actions';
import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { countUnread, markRead } from '../../../stores/messages';
import { countCall } from '../../../stores/rates';

export async function markMessagesRead(
  context: Context,
  which: v.InferOutput<typeof MarkReadInput>,
): Promise<ReaderOutput<'messages.markRead'>> {
  const { openid } = context;
  await countCall(openid, 'messages.write', context.now());
  await markRead(openid, 'ids' in which ? which : { until: readTime(which.until) });
  return { unread: await countUnread(openid, context.now()) };
}

function readTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new AppError('BAD_REQUEST', 'until: no such time');
  return time;
}
