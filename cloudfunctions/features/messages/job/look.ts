import { randomUUID } from 'node:crypto';
import type { LibrarySystem } from '../../../../library-systems/library-system';
import type { PatronAccess } from '../../../../library-systems/circulation';
import type { Hold } from '../../../../contracts/holds';
import type { Loan } from '../../../../contracts/loans';
import { LibraryFault } from '../../../../library-systems/library-fault';
import { accessTo } from '../../../readers/reader';
import { AppError } from '../../../runtime/app-error';
import { withinRun } from '../../../runtime/run-time';
import { findReadersToAsk, type ReaderToAsk } from '../../../stores/bindings';
import {
  endLook,
  endPlainLooks,
  removeStalePlan,
  takeLooks,
  type PlanDocument,
} from '../../../stores/message-plans';
import { planMessages } from '../../../stores/message-outbox';
import { whatToTell } from '../rules/what-to-tell';
import { announceReports } from './announce-reports';
import { keyOf } from './key-of';
import type { Hours } from './hours';
import type { Asked, Run } from './run';

const PAGE = 50;
const MINUTE = 60_000;
const FIRST_PAUSE = 5 * MINUTE;
const LONGEST_PAUSE = 120 * MINUTE;
/** Whoever waits for a hold is looked at so often by day. */
const WAITING_EVERY = 120 * MINUTE;

/** What the library says of one reader; what it refuses, or cannot do, is absent. */
interface Situation {
  loans?: readonly Loan[];
  holds?: readonly Hold[];
}

/**
 * Asks the library about readers and plans what will have to be told: at night about all, by day about those who wait
 * for a hold, and about whom the night was too short for.
 */
export async function lookAtReaders(run: Run): Promise<void> {
  const { context, site, time } = run;
  const { system } = site;
  if (!system || (!system.loans && !system.holds)) return;
  while (time.isLeft() && !run.isAway) {
    const now = context.now();
    const { isDay, nightAt, closesAt } = run.hours();
    const due = { now, by: isDay ? nightAt : now, limit: PAGE };
    const turn = randomUUID();
    const plans = await takeLooks(turn, due);
    if (plans.length === 0) return;
    const readers = await findReadersToAsk(
      context.desk(),
      plans.map(({ _id }) => _id),
      now,
    );
    await announceReports(run, plans);
    // most readers are told nothing: one write for all of them
    const plain: string[] = [];
    const reached = await run.forEach(plans, async (plan) => {
      const end = await look(run, system, plan, readers.get(plan._id));
      if (end === 'plain') plain.push(plan._id);
      return end === 'plain' ? 'answered' : end;
    });
    await endPlainLooks(turn, plain, { lookAt: closesAt, lookedAt: now });
    if (reached === 'late') return;
  }
}

async function look(
  run: Run,
  system: LibrarySystem,
  plan: PlanDocument,
  reader: ReaderToAsk | undefined,
): Promise<Asked | 'plain'> {
  const { context } = run;
  if (reader?.bindingId !== plan.bindingId) {
    await removeStalePlan(plan);
    return 'unasked';
  }
  const lookedAt = context.now();
  const hours = run.hours();
  const rest = { waits: false, tries: 0, stale: [], lookAt: hours.closesAt };
  try {
    const situation = await ask(run, system, reader);
    run.count(situation ? 'looked' : 'notAsked');
    if (situation) return await planFor(run, plan, situation, lookedAt);
    // who has to sign in, or is refused, may be asked again tomorrow
    await endLook(plan, rest);
    return 'unasked';
  } catch (error) {
    if (!(error instanceof LibraryFault)) throw error;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(plan.tries, 8));
    // the night may be over when it is tried again
    const again = { waits: true, tries: plan.tries + 1, lookAt: context.now() + pause };
    await endLook(plan, { ...again, stale: [] });
    run.count('away');
    return 'away';
  }
}

/** @returns undefined when the library cannot be asked about this reader, or refuses them */
async function ask(
  { time }: Run,
  system: LibrarySystem,
  reader: ReaderToAsk,
): Promise<Situation | undefined> {
  const access = accessOf(system, reader);
  if (!access) return undefined;
  try {
    const [loans, holds] = await withinRun(
      time,
      Promise.all([system.loans?.list(access), system.holds?.list(access)]),
    );
    const situation = {
      ...(loans && 'loans' in loans && { loans: loans.loans }),
      ...(holds && 'holds' in holds && { holds: holds.holds }),
    };
    return Object.keys(situation).length > 0 ? situation : undefined;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** @returns undefined when the reader has to sign in first, or each time */
function accessOf(system: LibrarySystem, reader: ReaderToAsk): PatronAccess | undefined {
  try {
    return accessTo(system, reader);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** @returns `plain`: the look is to be ended, and that is all */
async function planFor(
  run: Run,
  plan: PlanDocument,
  situation: Situation,
  lookedAt: number,
): Promise<'answered' | 'plain'> {
  const { context, site } = run;
  const { _id: openid, bindingId } = plan;
  const desk = context.desk();
  const hours = run.hours();
  const tellAt = Math.max(lookedAt, hours.opensAt);
  const { digests, staleKeys } = whatToTell({
    ...situation,
    told: new Set(plan.told),
    keyOf: keyOf(desk, openid),
    now: tellAt,
    timeZone: site.timeZone,
  });
  const planned = digests.map(({ body: { kind } }) => ({ openid, bindingId, kind }));
  await planMessages(desk, planned, { day: hours.day, due: tellAt, until: hours.closesAt }, lookedAt);
  run.count('planned', planned.length);
  const waits =
    situation.holds?.some(({ status }) => status === 'waiting' || status === 'inTransit') ?? false;
  if (!waits && staleKeys.length === 0) return 'plain';
  const lookAt = waits ? nextForWaiting(hours, lookedAt) : hours.closesAt;
  await endLook(plan, { waits, tries: 0, stale: staleKeys, lookedAt, lookAt });
  return 'answered';
}

/** By day after a while; from the night on somewhere in the first hours of the day, not all at once. */
function nextForWaiting({ isDay, opensAt, closesAt }: Hours, now: number): number {
  const next = isDay ? now + WAITING_EVERY : opensAt + Math.random() * WAITING_EVERY;
  return Math.min(Math.round(next), closesAt);
}
