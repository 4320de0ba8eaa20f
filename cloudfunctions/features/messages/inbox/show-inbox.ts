import type * as v from 'valibot';
import type { InboxInput, InboxOutput } from '../../../../contracts/messages/actions';
import type { Context } from '../../../runtime/context';
import { countUnread, listInbox } from '../../../stores/messages';
import { countOften } from '../../../stores/rates';

const PAGE = 20;

/** A page of the reader's messages, newest first; also what could not be sent. */
export async function showInbox(
  context: Context,
  { before }: v.InferOutput<typeof InboxInput>,
): Promise<InboxOutput> {
  const { openid } = context;
  const now = context.now();
  await countOften(openid, 'messages.read', now);
  const [page, unread] = await Promise.all([
    listInbox(context.desk(), openid, { before, limit: PAGE, now }),
    countUnread(openid, now),
  ]);
  return { ...page, unread };
}
