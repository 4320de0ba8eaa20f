import { sendSubscribeMessage } from '../cloud/subscribe-message';
import { callerOpenid } from '../cloud/wx-context';
import { lookAfterFeedback } from '../features/feedback/job/look-after-feedback';
import { enrolReaders } from '../features/messages/job/enrol-readers';
import { sendMessages } from '../features/messages/job/send-messages';
import { markOverdue } from '../features/onboarding/mark-overdue';
import { retryUnlocks } from '../features/onboarding/retry-unlocks';
import { removeExpired } from '../features/privacy/remove-expired';
import { makeReports } from '../features/report/job/make-reports';
import { createLog, placeOf } from '../runtime/log';
import type { RunTime } from '../runtime/run-time';
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
/** The shares of what is short as a rule, ms; a library that does not answer keeps the first longer. */
const UNLOCK_WITHIN = { begins: 4_000, ends: 14_000 };
const MARK_WITHIN = { begins: 3_000, ends: 6_000 };
/** Each half of it. */
const TIDY_WITHIN = { begins: 2_000, ends: 4_000 };
/** The share of what readers write, ms: a check that WeChat does not answer takes five seconds. */
const FEEDBACK_WITHIN = { begins: 8_000, ends: 14_000 };
/** The share of messages, ms: so long they begin something, and so long what is under way goes on. What is left is for reports. */
const MESSAGES_WITHIN = { begins: 22_000, ends: 34_000 };

const context = {
  library: libraryOrFault(openLibrary('jobs')),
  desk: openDesk('jobs'),
  now: () => Date.now(),
  send: sendSubscribeMessage,
};

let tidiedAt = -Infinity;

/** The platform allows a function one trigger, so one beat starts all; what fails keeps the others from nothing. */
const JOBS: Record<string, (time: RunTime) => Promise<Record<string, number>>> = {
  unlock: (time) => retryUnlocks(context, shareOf(time, UNLOCK_WITHIN)),
  mark: (time) => markOverdue(context, shareOf(time, MARK_WITHIN)),
  tidy,
  feedback: async (time) =>
    lookAfterFeedback(context, await import('../cloud/content-check'), shareOf(time, FEEDBACK_WITHIN)),
  messages: (time) => sendMessages(context, shareOf(time, MESSAGES_WITHIN)),
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

/** A part of it for one job, which does not go beyond the whole. */
function shareOf(whole: RunTime, { begins, ends }: { begins: number; ends: number }): RunTime {
  const began = performance.now();
  return {
    isLeft: () => whole.isLeft() && performance.now() < began + begins,
    left: () => Math.max(0, Math.min(whole.left(), began + ends - performance.now())),
  };
}

/** Removing what has expired is not worth a minute's beat; an instance that is new does it at once. */
async function tidy(time: RunTime): Promise<Record<string, number>> {
  const now = context.now();
  if (tidiedAt <= now && now < tidiedAt + TIDY_EVERY) return {};
  const sweeping = shareOf(time, TIDY_WITHIN);
  const removed = await removeExpired(now, sweeping);
  const isSwept = sweeping.isLeft();
  const enrolling = shareOf(time, TIDY_WITHIN);
  const plansMade = await enrolReaders(now, enrolling);
  // what there was no time for, the next beat does
  if (isSwept && enrolling.isLeft()) tidiedAt = now;
  return { ...removed, ...(plansMade > 0 && { plansMade }) };
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
