import { callerOpenid } from '../cloud/wx-context';
import { markOverdue } from '../features/onboarding/mark-overdue';
import { retryUnlocks } from '../features/onboarding/retry-unlocks';
import { removeExpired } from '../features/privacy/remove-expired';
import { createLog, placeOf } from '../runtime/log';
import { openDesk } from '../wiring/desk';
import { libraryOrFault, openLibrary } from '../wiring/library';

/** What a timer hands over: the trigger of config.json, and when it fired. */
interface TimerEvent {
  TriggerName?: unknown;
}

const TIDY_EVERY = 10 * 60_000;

const context = {
  library: libraryOrFault(openLibrary('jobs')),
  desk: openDesk('jobs'),
  now: () => Date.now(),
};

let tidiedAt = -Infinity;

/** The platform allows a function one trigger, so one beat starts all; what fails keeps the others from nothing. */
const JOBS: Record<string, () => Promise<Record<string, number>>> = {
  unlock: () => retryUnlocks(context),
  mark: () => markOverdue(context),
  tidy,
};

/** Removing what has expired is not worth a minute's beat; an instance that is new does it at once. */
async function tidy(): Promise<Record<string, number>> {
  const now = context.now();
  if (tidiedAt <= now && now < tidiedAt + TIDY_EVERY) return {};
  const removed = await removeExpired(now);
  tidiedAt = now;
  return removed;
}

/** Entry of the `jobs` function: what the timer starts. No client may call it (function-rules.json). */
export async function main(event: TimerEvent): Promise<{ done: boolean }> {
  const log = createLog({ function: 'jobs' });
  // a timer acts for nobody: whoever has an identity has got past the rules
  if (event.TriggerName !== 'beat' || callerOpenid() !== '') {
    log('error', 'job', { outcome: 'refused' });
    return { done: false };
  }
  let done = true;
  for (const [action, job] of Object.entries(JOBS)) {
    const started = Date.now();
    try {
      const counts = await job();
      log('info', 'job', { action, ms: Date.now() - started, ...counts });
    } catch (error) {
      // the next beat does it
      log('error', 'job', { action, outcome: 'failed', ...placeOf(error) });
      done = false;
    }
  }
  return { done };
}
