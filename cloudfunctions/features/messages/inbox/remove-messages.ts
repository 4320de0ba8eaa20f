import type * as v from 'valibot';
import type { ReaderOutput } from '../../../../contracts';
import type { RemoveMessagesInput } from '../../../../contracts/messages/actions';
import type { Context } from '../../../runtime/context';
import { countUnread, removeMessages } from '../../../stores/messages';
import { countCall } from '../../../stores/rates';

/** Takes messages out of the reader's own inbox, for good; ids of nobody or of others change nothing. */
export async function removeFromInbox(
  context: Context,
  { ids }: v.InferOutput<typeof RemoveMessagesInput>,
): Promise<ReaderOutput<'messages.remove'>> {
  const { openid } = context;
  await countCall(openid, 'messages.write', context.now());
  await removeMessages(openid, ids);
  return { unread: await countUnread(openid, context.now()) };
}
