import { giveUpOverdue, listStuck, settle } from '../../../stores/message-outbox';
import type { Run } from './run';

const SLICE = 100;

/**
 * Ends what can go no further: messages whose day is over, and those at which a run was killed after they had been told;
 * whether WeChat was asked for them nobody knows.
 */
export async function endLapsed(run: Run): Promise<void> {
  const now = run.context.now();
  const { lapsed, failed } = await giveUpOverdue(now);
  run.count('lapsed', lapsed);
  run.count('givenUp', failed);
  const stuck = await listStuck(now, SLICE);
  for (const message of stuck) {
    if (await settle(message, message.template!, { delivery: 'unknown' }, now)) run.count('stuck');
  }
}
