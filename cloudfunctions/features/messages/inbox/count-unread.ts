import type { ReaderOutput } from '../../../../contracts';
import type { Context } from '../../../runtime/context';
import { countUnread } from '../../../stores/messages';
import { countOften } from '../../../stores/rates';

/** For the badge. A matter of the WeChat identity: no card need be bound. */
export async function countUnreadMessages({
  openid,
  now,
}: Context): Promise<ReaderOutput<'messages.unread'>> {
  await countOften(openid, 'messages.read', now());
  return { unread: await countUnread(openid) };
}
