import cloud from 'wx-server-sdk';

/**
 * The identity that the platform vouches for. Inside a worker it stands in the
 * environment and is renewed by the platform before each call, so it must be
 * read at the start of a call.
 * @returns '' when the call carries no identity (a timer, or the unauthenticated web)
 */
export function callerOpenid(): string {
  return cloud.getWXContext().OPENID ?? '';
}

/** Which person that is among all accounts of one owner; undefined where the platform does not say so. */
export const callerUnionid = (): string | undefined => textOf(cloud.getWXContext().UNIONID);

/** Who stands behind a push, and from where it came; to be read at the start of a call, as {@link callerOpenid}. */
export function vouchedCaller() {
  const { SOURCE, APPID, OPENID, UNIONID, FROM_OPENID, FROM_UNIONID } = cloud.getWXContext();
  return {
    source: SOURCE ?? '',
    appid: textOf(APPID),
    own: personOf(OPENID, UNIONID),
    other: personOf(FROM_OPENID, FROM_UNIONID),
  };
}

function personOf(
  openid: unknown,
  unionid: unknown,
): { openid: string; unionid: string | undefined } | undefined {
  const id = textOf(openid);
  return id === undefined ? undefined : { openid: id, unionid: textOf(unionid) };
}

/** The SDK reads what is digits only as a number, and one of more than 15 is no longer the same. */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
