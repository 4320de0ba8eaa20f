import type { MessageSettings } from '../../../../contracts/messages/templates';
import type { Push } from './read-push';

/** What the platform vouches for; cloud/wx-context.ts reads it. */
export interface Vouched {
  /** `wx_trigger`, `wx_client`, … A call within a call adds `,scf`. */
  source: string;
  /** The mini program's own id, for links to its pages. */
  appid: string | undefined;
  /** By the openid of the mini program. */
  own: { openid: string; unionid: string | undefined } | undefined;
  /** By the openid of another account of the same owner, where the push came from one. */
  other: { openid: string; unionid: string | undefined } | undefined;
}

/**
 * From whom a push comes. Nothing but what the platform itself says of the call decides it: what stands in the event
 * could have been written by anybody.
 * - miniProgram: a user of the mini program, by its own openid
 * - official: a follower of the official account, whose UNIONID the platform may know
 */
export type Sender =
  | { account: 'miniProgram'; openid: string }
  | { account: 'official'; openid: string; unionid: string | undefined };

/** How `SOURCE` says that the call comes from a person's hands or from another function; these are never a push. */
const NEVER = /^(wx_client|wx_devtools|wx_localdebug|wx_http|wx_paycallback|wx_crawler|scf)$/;

/**
 * Whether a source is that of WeChat's own pushes.
 * @param allowed what the platform calls them
 */
export const isPushSource = (source: string, allowed: string): boolean =>
  source === allowed && !NEVER.test(source) && !source.includes(',');

/** Who sent a push; undefined when the platform does not vouch for the sender, or it is for no account of ours. */
export function admitPush(
  { to, from }: Push,
  { own, other, appid }: Vouched,
  { miniProgram, official }: MessageSettings['accounts'],
): Sender | undefined {
  if (official !== undefined && to === official) {
    const sender = [other, own].find((one) => one?.openid === from);
    return sender && { account: 'official', openid: from, unionid: sender.unionid };
  }
  // documents of WeChat's name the mini program by its original id or by its appid
  if (miniProgram !== undefined && to !== miniProgram && to !== appid) return undefined;
  // written to another account: its followers' openids are not the mini program's
  if (other !== undefined) return undefined;
  return own?.openid === from ? { account: 'miniProgram', openid: from } : undefined;
}
