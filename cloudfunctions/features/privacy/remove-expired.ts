import type { RunTime } from '../../runtime/run-time';
import { sweepAll } from '../../stores/expired';

/**
 * Removes what has lapsed, whoever it belonged to, so that nothing outlives the
 * time that docs/privacy.md names because nobody happened to call.
 * @returns how many documents were removed, by collection
 */
export const removeExpired = (now: number, time: Pick<RunTime, 'isLeft'>): Promise<Record<string, number>> =>
  sweepAll(now, time);
