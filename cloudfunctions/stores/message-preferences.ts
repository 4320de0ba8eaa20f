import * as v from 'valibot';
import { MessageKind } from '../../contracts/messages/kinds';
import { table } from '../cloud/database';
import { transaction } from '../cloud/transaction';

const COLLECTION = 'message_preferences';

/** How a reader wants messages. A wish of the WeChat identity, not of a card. */
export interface MessagePreferences {
  /** Kinds that are not sent to WeChat; the inbox keeps them all the same. */
  off: MessageKind[];
  /** In which notices are written. */
  language: 'zh-CN' | 'en';
}

interface PreferencesDocument extends MessagePreferences {
  _id: string;
}

export async function findPreferences(openid: string): Promise<MessagePreferences> {
  return read(await table<PreferencesDocument>(COLLECTION).find(openid));
}

/** Switches a kind on or off. */
export const switchKind = (openid: string, kind: MessageKind, on: boolean): Promise<MessagePreferences> =>
  change(openid, ({ off, language }) => ({
    off: on ? off.filter((one) => one !== kind) : [...new Set([...off, kind])],
    language,
  }));

/** Remembers in which language the reader uses the mini program. */
export const keepLanguage = (
  openid: string,
  language: MessagePreferences['language'],
): Promise<MessagePreferences> => change(openid, ({ off }) => ({ off, language }));

/** What a call has kept that was on its way while all was erased. */
export const erasePreferences = (openid: string): Promise<boolean> => table(COLLECTION).remove(openid);

function read(found: PreferencesDocument | undefined): MessagePreferences {
  // a kind that was taken out of the product is nobody's wish any more
  const off = (found?.off ?? []).filter((kind) => v.is(MessageKind, kind));
  return { off, language: found?.language ?? 'zh-CN' };
}

async function change(
  openid: string,
  by: (before: MessagePreferences) => MessagePreferences,
): Promise<MessagePreferences> {
  return transaction(async (tables) => {
    const preferences = tables<PreferencesDocument>(COLLECTION);
    const before = read(await preferences.find(openid));
    const after = by(before);
    const isSame = after.language === before.language && after.off.length === before.off.length;
    if (isSame) return before;
    if (after.off.length === 0 && after.language === 'zh-CN') await preferences.remove(openid);
    else await preferences.put({ _id: openid, ...after });
    return after;
  });
}
