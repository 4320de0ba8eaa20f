import type { MessageBody } from '../../contracts/messages/body';
import type { Tables } from '../cloud/transaction';
import type { Desk } from '../runtime/context';
import type { BindingDocument } from './binding';
import { announce } from './messages';

/** What is done in a transaction of another store, with what that writes. */
export type Also = (tables: Tables) => Promise<void>;

/** Announces what concerns a card to whoever has it bound, if anybody has. */
export const announceToCard =
  (
    desk: Desk,
    { patronRef, body, subject }: { patronRef: string; body: MessageBody; subject: string },
    now: number,
  ): Also =>
  async (tables) => {
    const [binding] = await tables<BindingDocument>('bindings').findAll({ patronRef });
    if (!binding) return;
    const { _id: openid, bindingId } = binding;
    await announce(tables, desk, { openid, bindingId, body, subject }, now);
  };
