import { randomBytes } from 'node:crypto';
import type { Answers } from '../../../contracts/onboarding';
import type { OnboardingSettings } from '../../../contracts/onboarding/settings';
import type { Desk } from '../../runtime/context';
import { HOME_TIME_ZONE, localDate } from '../../runtime/format-time';
import { announceToCard } from '../../stores/announce-to-card';
import type { AttemptDocument } from '../../stores/onboarding-attempts';
import { findAttempt } from '../../stores/onboarding-attempts';
import { loadBank } from '../../stores/onboarding-banks';
import { closePaper, type Closed, type Marking } from '../../stores/onboarding-papers';
import { findRecord, inGroups, KEPT_FOR, type OnboardingRecord } from '../../stores/onboarding-readers';
import { currentRules } from '../../stores/onboarding-settings';
import { describeUnlock } from '../../stores/onboarding-unlocks';
import { checkAnswers } from './check-answers';
import { drawnOf } from './draw-paper';
import type { DrawnItem } from './engine/build-paper';
import { markPaper, type Marked } from './engine/mark-paper';
import { openRef } from './seal-ref';

/** What marking needs of the call that it serves; the job has no reader. */
export interface Marker {
  desk(): Desk;
  now(): number;
}

/**
 * Marks a paper with what was saved and, if there is time left, with what comes with it. A paper that was handed in
 * before stays as it is; one whose time is not over is marked only when `early` says that it is wanted. `unseen`: its
 * reader is not there, and is told.
 * @returns undefined when the reader has no such paper; `late`: of what was handed in with it not all counts
 */
export async function handIn(
  context: Marker,
  readerKey: string,
  {
    attemptId,
    answers,
    early = false,
    unseen = false,
  }: { attemptId: string; answers?: Answers | undefined; early?: boolean; unseen?: boolean },
): Promise<(Closed & { late: boolean }) | undefined> {
  const found = await findAttempt(readerKey, attemptId);
  if (!found) return undefined;
  const drawn = drawnOf(await loadBank(found.bank), found.items);
  const checked = answers && checkAnswers(drawn, answers);
  const closed =
    found.state === 'submitted'
      ? await asItWasMarked(found)
      : await markAndClose(context, found, { drawn, checked, early, unseen });
  if (!closed) return undefined;
  const { attempt } = closed;
  return { ...closed, late: attempt.late === true || (!!checked && differ(checked, attempt.answers)) };
}

async function asItWasMarked(attempt: AttemptDocument): Promise<Closed | undefined> {
  const record = await findRecord(attempt.owner);
  return record && { attempt, record, marked: false };
}

async function markAndClose(
  context: Marker,
  { _id, owner }: AttemptDocument,
  {
    drawn,
    checked,
    early,
    unseen,
  }: { drawn: readonly DrawnItem[]; checked: Answers | undefined; early: boolean; unseen: boolean },
): Promise<Closed | undefined> {
  const { settings } = await currentRules(context.now());
  return closePaper(owner, _id, (attempt, record) => {
    const now = context.now();
    const isOver = now >= attempt.endsAt;
    // staff may have given more time meanwhile
    if (!isOver && !early) return undefined;
    const counted = isOver ? attempt.answers : { ...attempt.answers, ...checked };
    // what was asked when the paper was given out; a change of the library's is for the next one
    const passMark = attempt.passMark ?? settings.passMark;
    const marked = markPaper(drawn, counted, passMark);
    const { ref: _, ...rest } = attempt;
    const closed: AttemptDocument = {
      ...rest,
      state: 'submitted',
      answers: counted,
      submittedAt: now,
      passMark,
      right: marked.right,
      mark: marked.mark,
      passed: marked.passed,
      ...(checked && isOver && differ(checked, attempt.answers) && { late: true }),
    };
    const after = {
      ...{ attempt: closed, record: recordAfter(record, closed, marked, now) },
      ...(unseen && tellResult(context.desk(), attempt, marked, now)),
    };
    return marked.passed
      ? { ...after, ...opensWith(context.desk(), attempt, after.record, settings, now) }
      : after;
  });
}

/** Whether something of it is not what counts; both as `checkAnswers` leaves them. */
export const differ = (sent: Answers, counted: Answers): boolean =>
  Object.entries(sent).some(([place, choice]) => (counted[place] ?? []).join() !== choice.join());

function recordAfter(
  record: OnboardingRecord,
  { _id }: AttemptDocument,
  { passed, mark, modules }: Marked,
  now: number,
): OnboardingRecord {
  const { openAttempt: _, ...rest } = record;
  const after = { ...rest, lastAttempt: _id, changedAt: now, expiresAt: now + KEPT_FOR };
  if (passed) {
    const code = inGroups(randomBytes(10), 16);
    return { ...after, failures: 0, again: [], pass: { at: now, mark, attemptId: _id, code } };
  }
  const wrong = modules.filter(({ right, total }) => right < total).map(({ module }) => module);
  // what is to be read again begins at its first card
  const unread = wrong.map((module) => [module, { cards: 0, of: record.modules[module]?.of ?? 1 }]);
  return {
    ...after,
    failures: record.failures + 1,
    failedAt: now,
    again: wrong,
    modules: { ...record.modules, ...(Object.fromEntries(unread) as OnboardingRecord['modules']) },
  };
}

/** Whoever has the card bound learns how the paper ended. */
function tellResult(
  desk: Desk,
  attempt: AttemptDocument,
  { passed }: Marked,
  now: number,
): Pick<Marking, 'also'> {
  const patronRef = openRef(desk, attempt);
  if (patronRef === undefined) return {};
  const body = { kind: 'onboardingResult' as const, attempt: attempt._id, passed, opened: false };
  return { also: announceToCard(desk, { patronRef, body, subject: attempt._id }, now) };
}

/** The certificate, and the order to the library where borrowing waits for the pass. */
function opensWith(
  desk: Desk,
  attempt: AttemptDocument,
  { _id: readerKey, pass }: OnboardingRecord,
  { services }: OnboardingSettings,
  now: number,
): Pick<Marking, 'certificate' | 'unlock'> {
  const patronRef = services.includes('borrowing') ? openRef(desk, attempt) : undefined;
  return {
    certificate: {
      _id: pass!.code.replaceAll('-', ''),
      owner: readerKey,
      year: Number(localDate(now, HOME_TIME_ZONE).slice(0, 4)),
      at: now,
      expiresAt: now + KEPT_FOR,
    },
    ...(patronRef !== undefined && {
      unlock: describeUnlock(desk, { readerKey, patronRef, key: attempt._id }, now),
    }),
  };
}
