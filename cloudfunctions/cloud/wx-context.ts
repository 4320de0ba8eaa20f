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
