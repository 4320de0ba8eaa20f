import { transaction, type Tables } from '../cloud/transaction';
import type { Also } from './announce-to-card';
import { COLLECTION as ATTEMPTS, type AttemptDocument } from './onboarding-attempts';
import { COLLECTION as CERTIFICATES, type CertificateDocument } from './onboarding-certificates';
import { COLLECTION as READERS, KEPT_FOR, type OnboardingRecord } from './onboarding-readers';
import { COLLECTION as UNLOCKS, type UnlockDocument } from './onboarding-unlocks';

/** A paper as it is given out, and the record of its reader after it. */
export interface Opened {
  attempt: AttemptDocument;
  record: OnboardingRecord;
}

/**
 * Gives a reader a paper: one at a time, however many calls come at once.
 * @param draw decides on one state of the record; may be asked again, so it must change nothing
 * @returns the open paper; or one that was open and whose time is over, to be marked first; or what `draw` refused
 */
export function openPaper<Refusal extends object>(
  readerKey: string,
  now: number,
  draw: (record: OnboardingRecord) => Opened | { refused: Refusal },
): Promise<{ attempt: AttemptDocument } | { overdue: string } | { refused: Refusal } | undefined> {
  return transaction(async (tables) => {
    const records = tables<OnboardingRecord>(READERS);
    const attempts = tables<AttemptDocument>(ATTEMPTS);
    const record = await records.find(readerKey);
    if (!record) return undefined;
    const open = record.openAttempt === undefined ? undefined : await attempts.find(record.openAttempt);
    if (open?.state === 'open') return open.endsAt > now ? { attempt: open } : { overdue: open._id };
    const drawn = draw(record);
    if ('refused' in drawn) return drawn;
    await attempts.put(drawn.attempt);
    await records.put(drawn.record);
    return { attempt: drawn.attempt };
  });
}

/** A marked paper and all that follows from it. */
export interface Marking extends Opened {
  certificate?: CertificateDocument;
  unlock?: UnlockDocument;
  /** Whom else it is told. */
  also?: Also;
}

/** A paper as it stands after handing in, and whether it was this call that marked it. */
export interface Closed extends Opened {
  marked: boolean;
}

/**
 * Marks a paper and writes down all that follows in one step: no kill comes between a pass and the order to open
 * what it opens. One that was handed in before stays as it is.
 * @param mark may be asked again, so it must change nothing
 * @returns undefined when the reader has no such paper, or its record was erased meanwhile
 */
export function closePaper(
  readerKey: string,
  attemptId: string,
  mark: (attempt: AttemptDocument, record: OnboardingRecord) => Marking | undefined,
): Promise<Closed | undefined> {
  return transaction(async (tables) => {
    const records = tables<OnboardingRecord>(READERS);
    const attempts = tables<AttemptDocument>(ATTEMPTS);
    const attempt = await attempts.find(attemptId);
    const record = await records.find(readerKey);
    if (!record || attempt?.owner !== readerKey) return undefined;
    if (attempt.state === 'open' && record.openAttempt !== attemptId) return undefined;
    const marking = attempt.state === 'open' ? mark(attempt, record) : undefined;
    if (!marking) return { attempt, record, marked: false };
    await attempts.put(marking.attempt);
    await records.put(marking.record);
    if (marking.certificate) await tables<CertificateDocument>(CERTIFICATES).put(marking.certificate);
    if (marking.unlock) await putUnlock(tables, marking.unlock);
    await marking.also?.(tables);
    return { attempt: marking.attempt, record: marking.record, marked: true };
  });
}

/** What was opened, or is about to be, for a waiver stays so. */
async function putUnlock(tables: Tables, unlock: UnlockDocument): Promise<void> {
  const unlocks = tables<UnlockDocument>(UNLOCKS);
  const standing = await unlocks.find(unlock._id);
  if (!standing || standing.state === 'failed') await unlocks.put(unlock);
}

/** Gives an open paper so much more time, and the papers to come. Times in ms. */
export function changeTime(readerKey: string, extraMinutes: number, now: number): Promise<boolean> {
  return transaction(async (tables) => {
    const records = tables<OnboardingRecord>(READERS);
    const attempts = tables<AttemptDocument>(ATTEMPTS);
    const record = await records.find(readerKey);
    if (!record) return false;
    const more = (extraMinutes - (record.extraMinutes ?? 0)) * 60_000;
    await records.put({ ...record, extraMinutes, changedAt: now, expiresAt: now + KEPT_FOR });
    const open = record.openAttempt === undefined ? undefined : await attempts.find(record.openAttempt);
    // one whose time is over stays over
    if (open?.state === 'open' && open.endsAt > now) {
      await attempts.put({ ...open, endsAt: Math.max(now, open.endsAt + more) });
    }
    return true;
  });
}
