import type { RunTime } from '../../../runtime/run-time';
import { makeMissingPlans } from '../../../stores/message-plans';

/** Has every reader looked at whose card was bound before there were messages. @returns how many more */
export const enrolReaders = (now: number, time: Pick<RunTime, 'isLeft'>): Promise<number> =>
  makeMissingPlans(now, time);
