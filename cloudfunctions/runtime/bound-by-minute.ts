import { AppError } from './app-error';
import type { Context } from './context';

const MINUTE = 60_000;

/**
 * Bounds how often an instance does in a minute what anybody may ask for. Who has an identity is counted apart, so
 * that one caller cannot use up everybody's share; those without one share a count.
 * @returns counts one more call; it throws {AppError} BUSY when there were too many
 */
export function boundByMinute(most: {
  anybody: number;
  one: number;
}): (context: Pick<Context, 'openid' | 'now'>) => void {
  let minute = { since: 0, counts: new Map<string, number>() };
  return (context) => {
    const { openid } = context;
    const at = context.now();
    if (at < minute.since || at >= minute.since + MINUTE) minute = { since: at, counts: new Map() };
    const count = (minute.counts.get(openid) ?? 0) + 1;
    minute.counts.set(openid, count);
    if (count > most[openid === '' ? 'anybody' : 'one']) {
      throw new AppError('BUSY', 'too many calls in a minute', true);
    }
  };
}
