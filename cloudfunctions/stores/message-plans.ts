import { command, isDuplicate, table } from '../cloud/database';
import type { Tables } from '../cloud/transaction';
import type { RunTime } from '../runtime/run-time';

const COLLECTION = 'message_plans';
/** How long a run has a plan for itself, ms: longer than any invocation lives. */
const TURN_MS = 70_000;
/** Whatever is due later than this was written before the clock was set back, ms. */
const FARTHEST_MS = 30 * 3_600_000;
/** Whoever has placed a hold is looked at after so long, ms. */
const SOON_MS = 2 * 3_600_000;
/** Missing plans that one call makes, and how many at once. */
const MOST_MADE = 2_000;
const MADE_AT_ONCE = 10;
const PAGE = 1_000;
const READ_AT_ONCE = 10;
const DAY_MS = 86_400_000;

/** When a reader is looked at next, and what they were told already. Times in ms since the epoch. */
export interface PlanDocument {
  /** The openid. */
  _id: string;
  bindingId: string;
  lookAt: number;
  /** Looked at by day, too: waits for a hold, or was taken up and no look has come to its end. */
  waits?: boolean;
  /** Of the run that took it last, unless a hold was placed since. */
  turn?: string;
  /** Looks in a row that failed. */
  tries: number;
  /** Keyed hashes. */
  told: string[];
  /** When the library last answered about this reader. */
  lookedAt?: number;
}

/** Has a reader looked at from the next night on; what the same binding was told stays told. */
export async function makePlan(
  tables: Tables,
  openid: string,
  bindingId: string,
  now: number,
): Promise<void> {
  const plans = tables<PlanDocument>(COLLECTION);
  const found = await plans.find(openid);
  const kept = found?.bindingId === bindingId ? found : undefined;
  await plans.put({ ...firstPlan(openid, bindingId, now), told: kept?.told ?? [] });
}

const firstPlan = (openid: string, bindingId: string, now: number): PlanDocument => ({
  ...{ _id: openid, bindingId, lookAt: now, tries: 0, told: [] },
});

export async function endPlan(tables: Tables, openid: string): Promise<void> {
  await tables(COLLECTION).remove(openid);
}

export const findPlan = (openid: string): Promise<PlanDocument | undefined> =>
  table<PlanDocument>(COLLECTION).find(openid);

/** Has a reader looked at by day, too: a hold was placed. */
export async function lookSoon(openid: string, now: number): Promise<void> {
  const plans = table(COLLECTION);
  const { neq, remove } = command();
  // a look that is under way may have been too early to see it, and must not end this: it is made again when its turn is over
  await plans.updateWhere({ _id: openid }, { turn: remove() });
  await plans.updateWhere({ _id: openid, waits: neq(true) }, { waits: true, lookAt: now + SOON_MS });
}

/**
 * Takes readers who are to be looked at, those who wait longest first, for one run.
 * @param turn names the run's taking: new for each
 * @param by when a look must have been due; whoever is looked at by day, too, is taken when it is due now
 */
export async function takeLooks(
  turn: string,
  { now, by, limit }: { now: number; by: number; limit: number },
): Promise<PlanDocument[]> {
  const { lte, gt } = command();
  const due = { lookAt: lte(by).or(gt(now + FARTHEST_MS)) };
  const waiting = { waits: true, lookAt: lte(now) };
  const taken = await take(turn, due, now, limit);
  return taken.length > 0 || by >= now ? taken : take(turn, waiting, now, limit);
}

async function take(
  turn: string,
  due: Record<string, unknown>,
  now: number,
  limit: number,
): Promise<PlanDocument[]> {
  const plans = table<PlanDocument>(COLLECTION);
  const found = await plans.findPage({ where: due, by: 'lookAt', limit, fields: ['_id'] });
  if (found.length === 0) return [];
  const _id = command().in(found.map((plan) => plan._id!));
  // a run that ends before it has looked at all that it took leaves them for the day, if the night is over then
  const taken = await plans.updateWhere({ ...due, _id }, { turn, lookAt: now + TURN_MS, waits: true });
  return taken > 0
    ? readTaken(
        turn,
        found.map((plan) => plan._id!),
      )
    : [];
}

/** A few at a time: what whoever has hundreds of loans was told is large, and an answer of the database holds 1 MB. */
async function readTaken(turn: string, openids: readonly string[]): Promise<PlanDocument[]> {
  const groups: string[][] = [];
  for (let i = 0; i < openids.length; i += READ_AT_ONCE) groups.push(openids.slice(i, i + READ_AT_ONCE));
  const plans = table<PlanDocument>(COLLECTION);
  const read = await Promise.all(groups.map((some) => plans.findAll({ _id: command().in(some), turn })));
  return read.flat().sort((a, b) => openids.indexOf(a._id) - openids.indexOf(b._id));
}

/** Ends looks of which there is nothing to say but that they were made; of one taking. */
export async function endPlainLooks(
  turn: string,
  openids: readonly string[],
  { lookAt, lookedAt }: { lookAt: number; lookedAt: number },
): Promise<void> {
  if (openids.length === 0) return;
  const ended = { lookAt, lookedAt, tries: 0, waits: command().remove() };
  await table(COLLECTION).updateWhere({ _id: command().in(openids), turn }, ended);
}

export interface LookEnd {
  lookAt: number;
  waits: boolean;
  tries: number;
  /** What is no longer so, and may be told anew when it is again. */
  stale: readonly string[];
  lookedAt?: number;
}

/** Ends a look, unless the plan has ended or was taken over. */
export async function endLook({ _id, turn }: PlanDocument, end: LookEnd): Promise<void> {
  const { stale, waits, ...rest } = end;
  const { remove, pull } = command();
  await table(COLLECTION).updateWhere(
    { _id, turn },
    {
      ...rest,
      waits: waits ? true : remove(),
      ...(stale.length > 0 && { told: pull(command().in(stale)) }),
    },
  );
}

/** Takes a plan away whose binding is not there any more. */
export async function removeStalePlan({ _id, turn }: PlanDocument): Promise<void> {
  await table(COLLECTION).removeWhere({ _id, turn });
}

/**
 * What a reader was told under a binding, as a transaction that tells more sees it.
 * @returns undefined when there is no such plan any more
 */
export async function findTold(
  tables: Tables,
  openid: string,
  bindingId: string,
): Promise<PlanDocument | undefined> {
  const found = await tables<PlanDocument>(COLLECTION).find(openid);
  return found?.bindingId === bindingId ? found : undefined;
}

/** Writes down what is told now, in the transaction that tells it. */
export async function addTold(
  tables: Tables,
  { _id, told }: PlanDocument,
  keys: readonly string[],
): Promise<void> {
  await tables(COLLECTION).update(_id, { told: [...new Set([...told, ...keys])] });
}

/** Behind which binding the next call goes on, where one had no time for all. */
let goesOnAfter: string | undefined;

/**
 * Makes plans for bindings that have none, as long as there is time: of a time before there were messages, or put in by
 * hand. Plans without a binding end at their next look.
 * @returns how many were made; when there are more, the next call makes them
 */
export async function makeMissingPlans(now: number, time: Pick<RunTime, 'isLeft'>): Promise<number> {
  const bindings = table<{ _id: string; bindingId: string }>('bindings');
  const plans = table<PlanDocument>(COLLECTION);
  const [bound, planned] = await Promise.all([bindings.count({}), plans.count({})]);
  if (bound === planned) return 0;
  let made = 0;
  let after = goesOnAfter;
  goesOnAfter = undefined;
  while (made < MOST_MADE) {
    const page = await bindings.findPage({ where: {}, by: '_id', after, limit: PAGE, fields: ['bindingId'] });
    const there = new Set(await plans.findIds({ _id: command().in(page.map(({ _id }) => _id)) }));
    const missing = page.filter(({ _id }) => !there.has(_id!)).slice(0, MOST_MADE - made);
    while (missing.length > 0 && time.isLeft()) {
      const some = missing.splice(0, MADE_AT_ONCE);
      await Promise.all(some.map(({ _id, bindingId }) => add(firstPlan(_id!, bindingId!, now))));
      made += some.length;
    }
    if (missing.length === 0) {
      if (page.length < PAGE) break;
      after = page.at(-1)!._id;
    }
    if (!time.isLeft()) {
      goesOnAfter = after;
      break;
    }
  }
  return made;
}

async function add(plan: PlanDocument): Promise<void> {
  try {
    await table<PlanDocument>(COLLECTION).add(plan);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

/** For the staff: how many readers are looked at, and how many looks failed when they were last tried. */
export async function countPlans(
  now: number,
): Promise<{ readers: number; askedToday: number; failing: number; lastAskedAt?: number }> {
  const plans = table<PlanDocument>(COLLECTION);
  const { gt } = command();
  const [readers, askedToday, failing, [last]] = await Promise.all([
    plans.count({}),
    plans.count({ lookedAt: gt(now - DAY_MS) }),
    plans.count({ tries: gt(0) }),
    plans.findPage({ where: { lookedAt: gt(0) }, by: 'lookedAt', order: 'desc', limit: 1, fields: [] }),
  ]);
  return {
    ...{ readers, askedToday, failing },
    ...(last?.lookedAt !== undefined && { lastAskedAt: last.lookedAt }),
  };
}
