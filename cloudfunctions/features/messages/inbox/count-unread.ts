import type { ReaderOutput } from '../../../../contracts';
import type { Context } from '../../../runtime/context';
import { countUnread } from '../../../stores/messages';
import { countOften } from '../../../stores/rates';

/** For the badge. A matter of the WeChat identity: no card need be bound. */
export async function countUnreadMessages(context: Context): Promise<ReaderOutput<'messages.unread'>> {
  const { openid } = context;
  await countOften(openid, 'messages.read', context.now());
  return { unread: await countUnread(openid, context.now()) };
}
