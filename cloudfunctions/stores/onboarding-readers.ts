import type { Module } from '../../contracts/onboarding/words';
import { command, isDuplicate, table } from '../cloud/database';
import { transaction } from '../cloud/transaction';

export const COLLECTION = 'onboarding_readers';
const YEAR = 365 * 86_400_000;
/** Longer than anybody studies: a pass must not be asked for twice. In ms. */
export const KEPT_FOR = 10 * YEAR;

/** How far the owner of a card has come. It belongs to the card, whatever identity has bound it. Times in ms. */
export interface OnboardingRecord {
  /** A keyed hash of the library's reference of the reader. */
  _id: string;
  readerCode: string;
  /** Code, as the library's system gives it. */
  readerType: string;
  college: string;
  grade: string;
  modules: Partial<Record<Module, Reading>>;
  /** To be read again before the next paper. */
  again: Module[];
  campus?: string;
  extraMinutes?: number;
  waivedAt?: number;
  /** Papers begun so far. */
  attempts: number;
  /** Failures in a row. */
  failures: number;
  failedAt?: number;
  openAttempt?: string;
  /** The last that was handed in. */
  lastAttempt?: string;
  /** Ids of items asked, the oldest first. */
  seen: string[];
  pass?: Pass;
  createdAt: number;
  changedAt: number;
  expiresAt: number;
}

export interface Reading {
  cards: number;
  of: number;
  readAt?: number;
}

export interface Pass {
  at: number;
  mark: number;
  attemptId: string;
  /** Of the certificate. */
  code: string;
}

/** Where the library says that the reader belongs. */
export type Belonging = Pick<OnboardingRecord, 'readerType' | 'college' | 'grade'>;

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Bytes in Crockford's base 32, in groups of four. @param bytes of which there are 5 for each 8 characters */
export function inGroups(bytes: Uint8Array, characters: number): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const text = Array.from(
    { length: characters },
    (_, i) => CROCKFORD[parseInt(bits.slice(5 * i, 5 * i + 5), 2)],
  );
  return text.join('').replace(/.{4}(?=.)/g, '$&-');
}

/** By what staff name a reader: 60 bits of the key, from which nobody finds the card. */
export const readerCodeOf = (readerKey: string): string => inGroups(Buffer.from(readerKey, 'base64url'), 12);

export const findRecord = (readerKey: string): Promise<OnboardingRecord | undefined> =>
  table<OnboardingRecord>(COLLECTION).find(readerKey);

/** What the gate must know; the rest of a record may be long. */
export async function findLeave(
  readerKey: string,
): Promise<{ passed: boolean; waived: boolean } | undefined> {
  const found = await table<OnboardingRecord>(COLLECTION).findWithout(readerKey, ['seen', 'modules']);
  return found && { passed: found.pass !== undefined, waived: found.waivedAt !== undefined };
}

const makeRecord = (readerKey: string, belonging: Belonging, now: number): OnboardingRecord => ({
  _id: readerKey,
  readerCode: readerCodeOf(readerKey),
  ...belonging,
  modules: {},
  again: [],
  attempts: 0,
  failures: 0,
  seen: [],
  createdAt: now,
  changedAt: now,
  expiresAt: now + KEPT_FOR,
});

/** @returns whether it is this call that made it */
export async function addRecord(readerKey: string, belonging: Belonging, now: number): Promise<boolean> {
  try {
    await table<OnboardingRecord>(COLLECTION).add(makeRecord(readerKey, belonging, now));
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}

export const removeRecord = (readerKey: string): Promise<boolean> => table(COLLECTION).remove(readerKey);

/** So long failures count on after an erasure, or erasing would be the way round every pause. In ms. */
const FAILURES_KEPT = 86_400_000;

/**
 * Erases a record, in one step. Where papers failed within the last day their number stays for that day, and
 * nothing else: neither the pause nor the numbering of papers, from which they are drawn, begins anew. A paper that is
 * open counts as failed, or the same one would come again with all its time.
 * @returns whether there was one to be erased, and until when something stays, ms
 */
export function eraseRecord(
  readerKey: string,
  now: number,
): Promise<{ erased: boolean; keptUntil?: number }> {
  return transaction(async (tables) => {
    const records = tables<OnboardingRecord>(COLLECTION);
    const found = await records.find(readerKey);
    if (!found) return { erased: false };
    const { attempts, openAttempt } = found;
    const failures = found.failures + (openAttempt === undefined ? 0 : 1);
    const failedAt = openAttempt === undefined ? found.failedAt : now;
    if (failedAt === undefined || now >= failedAt + FAILURES_KEPT) {
      await records.remove(readerKey);
      return { erased: true };
    }
    const nowhere = { readerType: '', college: '', grade: '' };
    const bare = makeRecord(readerKey, nowhere, failedAt);
    const keptUntil = failedAt + FAILURES_KEPT;
    await records.put({ ...bare, attempts, failures, failedAt, expiresAt: keptUntil });
    return { erased: found.expiresAt !== keptUntil, keptUntil };
  });
}

/** A record as a call has found it. */
type Found = Pick<OnboardingRecord, '_id' | 'createdAt'>;

/** Changes a record that was not erased since it was found: what may be left of it then is kept for its day and no longer. */
async function change(
  { _id, createdAt }: Found,
  changes: Record<string, unknown>,
  now: number,
): Promise<void> {
  const kept = { changedAt: now, expiresAt: now + KEPT_FOR };
  await table(COLLECTION).updateWhere({ _id, createdAt }, { ...changes, ...kept });
}

export const keepBelonging = (found: Found, belonging: Belonging, now: number): Promise<void> =>
  change(found, { ...belonging }, now);

/** Keeps how far a module was read; an earlier call that comes later takes nothing back. */
export async function keepReading(
  found: Found,
  module: Module,
  { cards, of }: { cards: number; of: number },
  now: number,
): Promise<void> {
  const at = `modules.${module}`;
  const { max, pull } = command();
  const isWhole = cards >= of;
  await change(
    found,
    {
      [`${at}.cards`]: max(Math.min(cards, of)),
      [`${at}.of`]: of,
      ...(isWhole && { [`${at}.readAt`]: now, again: pull(module) }),
    },
    now,
  );
}

export const keepCampus = (found: Found, campus: string, now: number): Promise<void> =>
  change(found, { campus }, now);

export async function findByCode(readerCode: string): Promise<OnboardingRecord | undefined> {
  return (await table<OnboardingRecord>(COLLECTION).findAll({ readerCode }))[0];
}

/** @param at undefined takes the waiver back */
export const keepWaiver = (found: Found, at: number | undefined, now: number): Promise<void> =>
  change(found, { waivedAt: at ?? command().remove() }, now);

/** Where readers belong and whether they have passed, page by page in the order of their keys. */
export const listStandings = (after: string | undefined): Promise<Partial<OnboardingRecord>[]> =>
  table<OnboardingRecord>(COLLECTION).findPage({
    where: {},
    by: '_id',
    after,
    limit: 1000,
    fields: ['college', 'grade', 'pass.at', 'waivedAt'],
  });

/** Who has passed, page by page in the order of their codes. */
export const listPassed = (after: string | undefined, limit: number): Promise<Partial<OnboardingRecord>[]> =>
  table<OnboardingRecord>(COLLECTION).findPage({
    where: { 'pass.at': command().gt(0) },
    by: 'readerCode',
    after,
    limit,
    fields: ['readerType', 'college', 'grade', 'pass'],
  });
