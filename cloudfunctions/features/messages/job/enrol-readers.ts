import { makeMissingPlans } from '../../../stores/message-plans';

/** Has every reader looked at whose card was bound before there were messages. @returns how many more */
export const enrolReaders = (now: number): Promise<number> => makeMissingPlans(now);
