import { callerOpenid } from '../cloud/wx-context';
import { lookAfterFeedback } from '../features/feedback/job/look-after-feedback';
import { markOverdue } from '../features/onboarding/mark-overdue';
import { retryUnlocks } from '../features/onboarding/retry-unlocks';
import { removeExpired } from '../features/privacy/remove-expired';
import { makeReports } from '../features/report/job/make-reports';
import type { RunTime } from '../features/report/job/run';
import { createLog, placeOf } from '../runtime/log';
import { openDesk } from '../wiring/desk';
import { libraryOrFault, openLibrary } from '../wiring/library';

/** What a timer hands over: the trigger of config.json, and when it fired. */
interface TimerEvent {
  TriggerName?: unknown;
}

const TIDY_EVERY = 10 * 60_000;
/** Of the 60 s of an invocation, ms: until when a job may begin something, and until when it has to end. */
const BEGINS_WITHIN = 40_000;
const ENDS_WITHIN = 52_000;

const context = {
  library: libraryOrFault(openLibrary('jobs')),
  desk: openDesk('jobs'),
  now: () => Date.now(),
};

let tidiedAt = -Infinity;

/** The platform allows a function one trigger, so one beat starts all; what fails keeps the others from nothing. */
const JOBS: Record<string, (time: RunTime) => Promise<Record<string, number>>> = {
  unlock: () => retryUnlocks(context),
  mark: () => markOverdue(context),
  tidy,
  feedback: async (time) => lookAfterFeedback(context, await import('../cloud/content-check'), time),
  // last: it takes all the time that is left
  report: (time) => makeReports(context, time),
};

/** The clock of the machine may be set meanwhile; this one is not. */
function startTime(): RunTime {
  const began = performance.now();
  return {
    isLeft: () => performance.now() < began + BEGINS_WITHIN,
    left: () => Math.max(0, began + ENDS_WITHIN - performance.now()),
  };
}

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
  const time = startTime();
  let done = true;
  for (const [action, job] of Object.entries(JOBS)) {
    const started = Date.now();
    try {
      const counts = await job(time);
      log('info', 'job', { action, ms: Date.now() - started, ...counts });
    } catch (error) {
      // the next beat does it
      log('error', 'job', { action, outcome: 'failed', ...placeOf(error) });
      done = false;
    }
  }
  return { done };
}
