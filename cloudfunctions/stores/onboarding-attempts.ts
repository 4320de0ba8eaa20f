import type { Answers } from '../../contracts/onboarding';
import type { BankItem } from '../../contracts/onboarding/bank';
import type { Module } from '../../contracts/onboarding/words';
import { command, table } from '../cloud/database';

export const COLLECTION = 'onboarding_attempts';
/** How long a paper is kept, for its reader and for the statistics. In ms. */
export const KEPT_FOR = 400 * 86_400_000;

/** A paper that was given out. Times in ms. */
export interface AttemptDocument {
  _id: string;
  /** Key of the reader. */
  owner: string;
  /** The how-manieth of this reader, from 1. */
  n: number;
  state: 'open' | 'submitted';
  /** Version of the bank that the items are of. */
  bank: string;
  items: PaperEntry[];
  answers: Answers;
  /** The library's reference, sealed, while the paper is open: to open borrowing when it is marked. */
  ref?: string;
  startedAt: number;
  endsAt: number;
  submittedAt?: number;
  /** Answers that were handed in with it came too late. */
  late?: boolean;
  passMark?: number;
  right?: boolean[];
  mark?: number;
  passed?: boolean;
  expiresAt: number;
}

/** One item of a paper, by name; one that was made for this reader lies here whole. */
export interface PaperEntry {
  id: string;
  version: number;
  module: Module;
  /** Ids of the options as they are shown. */
  order: string[];
  own?: BankItem;
}

/** Of 128 bits and more, which nobody guesses; that it is the caller's own is asked for all the same. */
export const attemptIdOf = (readerKey: string, n: number): string => `${readerKey.slice(0, 22)}-${n}`;

/** The reader's own paper; one of somebody else is as one that does not exist. */
export async function findAttempt(
  readerKey: string,
  attemptId: string,
): Promise<AttemptDocument | undefined> {
  const found = await table<AttemptDocument>(COLLECTION).find(attemptId);
  return found?.owner === readerKey ? found : undefined;
}

/**
 * Keeps answers in one step with asking whether the paper is still open.
 * @returns whether it was and they have changed something
 */
export async function keepAnswers(
  readerKey: string,
  attemptId: string,
  answers: Answers,
  now: number,
): Promise<boolean> {
  const isOpen = { _id: attemptId, owner: readerKey, state: 'open', endsAt: command().gt(now) };
  const changes = Object.entries(answers).map(([place, choice]) => [`answers.${place}`, choice]);
  return (await table(COLLECTION).updateWhere(isOpen, Object.fromEntries(changes) as Answers)) > 0;
}

/** Papers whose time is over and that nobody has handed in, the longest over first. */
export async function listOverdue(now: number, limit: number): Promise<{ _id: string; owner: string }[]> {
  const where = { state: 'open', endsAt: command().lte(now) };
  const page = { where, by: 'endsAt', limit, fields: ['owner'] } as const;
  return (await table<AttemptDocument>(COLLECTION).findPage(page)) as { _id: string; owner: string }[];
}

export const removeAttempt = (attemptId: string): Promise<boolean> => table(COLLECTION).remove(attemptId);

/** What statistics need of marked papers, page by page in the order of their ids. */
export const listMarked = (after: string | undefined): Promise<Partial<AttemptDocument>[]> =>
  table<AttemptDocument>(COLLECTION).findPage({
    where: { state: 'submitted' },
    by: '_id',
    after,
    limit: 300,
    fields: ['items.id', 'items.version', 'items.module', 'right'],
  });
