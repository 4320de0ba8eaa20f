import { PlatformError } from '../platform-error';
import type { Caller } from './caller';
import { CLOUD } from './function-environment';

export const isOpenid = (text: unknown): text is string =>
  typeof text === 'string' && /^[\w-]{1,64}$/.test(text);

/**
 * `data` of a call: an object, as the client library demands; nothing stands for an empty one.
 * @throws {PlatformError}
 */
export function asEvent(event: unknown): Record<string, unknown> {
  if (event === undefined || event === null) return {};
  if (typeof event !== 'object' || Array.isArray(event)) {
    throw new PlatformError('INVALID_PARAM', 'the event must be an object');
  }
  return event as Record<string, unknown>;
}

/** An event as the SDK sends it: JSON, or an empty text for none. @throws {PlatformError | SyntaxError} */
export function parseEvent(text: unknown): Record<string, unknown> {
  if (text === undefined || text === '') return {};
  if (typeof text !== 'string') throw new PlatformError('INVALID_PARAM', 'request_data must be a text');
  return asEvent(JSON.parse(text));
}

/** What the platform hands a function whose timer fired; `at` in ms since the epoch. */
export const timerEvent = (trigger: string, at: number): Record<string, unknown> => ({
  Type: 'Timer',
  TriggerName: trigger,
  Time: new Date(at).toISOString().replace('.000', ''),
  Message: '',
});

/**
 * In a push the reader who caused it is the caller; who wrote to another account is known by that account's openid.
 * @param unionidOf what WeChat knows of an openid
 */
export function pushCaller(
  { FromUserName: openid, ToUserName: account }: Record<string, unknown>,
  unionidOf: (openid: string) => string | undefined,
): Caller {
  const source = 'wx_trigger';
  if (!isOpenid(openid)) return { source };
  const unionid = unionidOf(openid);
  if (account === undefined || account === CLOUD.account) return { openid, unionid, source };
  return { from: { openid, unionid }, source };
}
