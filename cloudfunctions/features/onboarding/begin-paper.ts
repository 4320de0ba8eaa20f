import type { BeginOutput } from '../../../contracts/onboarding';
import type { BankItem } from '../../../contracts/onboarding/bank';
import { MODULES } from '../../../contracts/onboarding/words';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { HOME_TIME_ZONE, localDate, timestamp } from '../../runtime/format-time';
import {
  attemptIdOf,
  findAttempt,
  KEPT_FOR as PAPER_KEPT_FOR,
  type AttemptDocument,
} from '../../stores/onboarding-attempts';
import { loadBank } from '../../stores/onboarding-banks';
import { openPaper, type Opened } from '../../stores/onboarding-papers';
import { KEPT_FOR, type OnboardingRecord } from '../../stores/onboarding-readers';
import { drawnOf, drawPaper, factsInTime, toEntry, type LibraryFacts } from './draw-paper';
import { handIn } from './hand-in';
import { failuresOf, openRecord, type Learner } from './open-record';
import { sealRef } from './seal-ref';
import { toPaper } from './to-wire';

type Refused = Extract<BeginOutput, { refused: unknown }>;
/** How many items asked before a record remembers, the latest. */
const MOST_SEEN = 2_000;

/** Gives out a paper: the one that is open, or a new one if the rules allow it. One at a time for a card. */
export async function beginPaper(context: Context): Promise<BeginOutput> {
  const learner = await openRecord(context, 'sit');
  const { readerKey, record } = learner;
  // most calls find the paper that is open, and need nothing more
  const open =
    record.openAttempt === undefined ? undefined : await findAttempt(readerKey, record.openAttempt);
  if (open?.state === 'open') {
    if (open.endsAt > context.now()) return { paper: await show(context, open) };
    await handIn(context, readerKey, { attemptId: open._id });
    return begin(context, await openRecord(context, 'sit'));
  }
  return begin(context, learner);
}

async function begin(context: Context, learner: Learner): Promise<BeginOutput> {
  const { readerKey, rules } = learner;
  // looked at before anything is loaded, and again on the state that counts
  const early = refusalOf(learner, learner.record, context.now());
  if (early) return early;
  if (!rules.bank) return { refused: 'NO_BANK' };
  const [bank, facts] = await Promise.all([loadBank(rules.bank.version), factsInTime(context)]);
  const now = context.now();
  const result = await openPaper<Refused>(readerKey, now, (record) => {
    // of what was erased meanwhile only failures are left: a call that was on its way must not write to it
    if (record.createdAt !== learner.record.createdAt) throw erased();
    const refused = refusalOf(learner, record, now);
    if (refused) return { refused };
    return draw(context, learner, record, { bank, facts, version: rules.bank!.version }, now);
  });
  if (!result) throw erased();
  if ('refused' in result) return result.refused;
  if ('overdue' in result) throw new AppError('BUSY', 'another call began a paper', true);
  return { paper: await show(context, result.attempt) };
}

const erased = (): AppError => new AppError('NOT_FOUND', 'the record was erased');

function refusalOf({ rules }: Learner, record: OnboardingRecord, now: number): Refused | undefined {
  const { window, mustRead } = rules.settings;
  if (record.pass) return { refused: 'PASSED' };
  const today = localDate(now, HOME_TIME_ZONE);
  if (window && (today < window.from || today > window.to)) return { refused: 'CLOSED' };
  const { pausedUntil } = failuresOf(record, rules.settings, now);
  if (pausedUntil !== undefined) return { refused: 'PAUSED', until: timestamp(pausedUntil) };
  // a failure has taken away that its modules were read
  const unread = MODULES.filter((module) => record.modules[module]?.readAt === undefined);
  return mustRead && unread.length > 0 ? { refused: 'READ_FIRST', modules: unread } : undefined;
}

function draw(
  context: Context,
  { readerKey, rules, binding }: Learner,
  record: OnboardingRecord,
  { bank, facts, version }: { bank: ReadonlyMap<string, BankItem>; facts: LibraryFacts; version: string },
  now: number,
): Opened | { refused: Refused } {
  const n = record.attempts + 1;
  const { lookup } = context.desk();
  const drawn = drawPaper({
    bank,
    facts,
    readerType: binding.profile?.readerType,
    seen: record.seen,
    campus: record.campus,
    date: localDate(now, HOME_TIME_ZONE),
    seed: Buffer.from(lookup('onboarding-paper', JSON.stringify([readerKey, n, version])), 'base64url'),
  });
  if (!drawn) return { refused: { refused: 'NO_BANK' } };
  const attempt: AttemptDocument = {
    _id: attemptIdOf(readerKey, n),
    owner: readerKey,
    n,
    state: 'open',
    bank: version,
    items: drawn.map(toEntry(bank)),
    answers: {},
    passMark: rules.settings.passMark,
    startedAt: now,
    endsAt: now + (rules.settings.minutes + (record.extraMinutes ?? 0)) * 60_000,
    expiresAt: now + PAPER_KEPT_FOR,
  };
  return {
    attempt: { ...attempt, ref: sealRef(context.desk(), attempt, binding.patronRef) },
    record: {
      ...record,
      attempts: n,
      failures: failuresOf(record, rules.settings, now).failures,
      openAttempt: attempt._id,
      seen: [...record.seen, ...attempt.items.map(({ id }) => id)].slice(-MOST_SEEN),
      changedAt: now,
      expiresAt: now + KEPT_FOR,
    },
  };
}

async function show(context: Context, attempt: AttemptDocument) {
  return toPaper(attempt, drawnOf(await loadBank(attempt.bank), attempt.items), context.now());
}
