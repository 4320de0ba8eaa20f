import { removeExpired } from '../features/privacy/remove-expired';
import { createLog, placeOf } from '../runtime/log';

/** What a timer hands over: the trigger of config.json, and when it fired. */
interface TimerEvent {
  TriggerName?: unknown;
}

/** What is done at each beat, by trigger; the platform allows a function one. */
const JOBS: ReadonlyMap<unknown, (now: number) => Promise<Record<string, number>>> = new Map([
  ['tidy', removeExpired],
]);

/** Entry of the `jobs` function: what timers start. No client may call it (function-rules.json). */
export async function main(event: TimerEvent): Promise<{ done: boolean }> {
  const log = createLog({ function: 'jobs' });
  const job = JOBS.get(event.TriggerName);
  if (!job) {
    log('error', 'job', { outcome: 'unknown trigger' });
    return { done: false };
  }
  const started = Date.now();
  try {
    const counts = await job(started);
    log('info', 'job', { action: String(event.TriggerName), ms: Date.now() - started, ...counts });
    return { done: true };
  } catch (error) {
    // the next beat does it
    log('error', 'job', { action: String(event.TriggerName), outcome: 'failed', ...placeOf(error) });
    return { done: false };
  }
}
