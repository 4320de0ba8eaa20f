import { AppError } from '../../../runtime/app-error';
import type { RunTime } from '../../../runtime/run-time';
import { LibraryFault } from '../../../../library-systems/library-fault';
import { countInSteps } from '../../../stores/report-steps';
import { holdSeason, readSeasons, type SeasonDocument } from '../../../stores/report-seasons';
import { computeReports } from './compute-reports';
import { countLoans } from './count-loans';
import { describeShelf } from './describe-shelf';
import { discardLoans } from './discard-loans';
import { gatherLoans } from './gather-loans';
import { Overtaken, Run, type Maker } from './run';

/** So long the count waits for a library that does not answer, ms; whoever comes later is not in it. */
const LONGEST_GATHERING = 2 * 3_600_000;

/**
 * Brings every year of reports further, as long as there is time; the next beat goes on where this one ends, however
 * it ends. @returns how many of what were done
 */
export async function makeReports(context: Maker, time: RunTime): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  let failure: { cause: unknown } | undefined;
  for (const season of await readSeasons()) {
    if (!time.isLeft()) break;
    if (!(await hasWork(season, context.now()))) continue;
    try {
      for (const [what, count] of Object.entries(await workOn(season._id, context, time)))
        counts[what] = (counts[what] ?? 0) + count;
    } catch (cause) {
      failure = { cause };
    }
  }
  if (failure) throw failure.cause;
  return counts;
}

async function hasWork(season: SeasonDocument, now: number): Promise<boolean> {
  if (season.stage === 'open') return false;
  if (season.stage !== 'ready' && season.stage !== 'published') return true;
  return mayPublish(season, now) || (await countInSteps(season._id, ['gather', 'make'], now)) > 0;
}

const mayPublish = ({ stage, publishAt }: SeasonDocument, now: number): boolean =>
  stage === 'ready' && publishAt !== undefined && publishAt <= now;

async function workOn(id: string, context: Maker, time: RunTime): Promise<Record<string, number>> {
  const held = await holdSeason(id, context.now());
  if (!held) return { 'reports.taken': 1 };
  const run = new Run(context, time, held);
  try {
    while (time.isLeft() && (await takeStage(run)));
  } catch (error) {
    // whoever has taken over goes on
    if (error instanceof Overtaken) return { ...run.counts, 'reports.overtaken': 1 };
    await held.moveOn({ trouble: codeOf(error) });
    throw error;
  } finally {
    await held.release();
  }
  return run.counts;
}

const codeOf = (error: unknown): string =>
  error instanceof AppError || error instanceof LibraryFault ? error.code : 'INTERNAL';

/** Does of a stage what can be done now. @returns whether another has begun */
async function takeStage(run: Run): Promise<boolean> {
  const { season, context } = run;
  switch (season.stage) {
    case 'open':
      return false;
    case 'gathering': {
      const isOver = context.now() >= season.startedAt! + LONGEST_GATHERING;
      if (!isOver && !((await gatherLoans(run)) === 'all' && (await isGathered(season._id)))) return false;
      await run.moveOn({ stage: 'counting', counted: 0 });
      // only from now on staff can change no more what is counted
      await run.lookAgain();
      return true;
    }
    case 'counting':
      if (!(await countLoans(run)) || !(await describeShelf(run))) return false;
      await run.moveOn({ stage: 'discarding' });
      return true;
    case 'discarding':
      if (!(await discardLoans(run))) return false;
      await run.moveOn({ stage: 'computing', cursor: undefined });
      return true;
    case 'computing':
      if (!(await makeDue(run))) return false;
      await run.moveOn({ stage: 'ready' });
      return true;
    case 'ready':
    case 'published':
      if (mayPublish(season, context.now())) {
        const { publishAt } = season;
        await run.moveOn({ stage: 'published', publishedAt: context.now() }, { publishAt: publishAt! });
      }
      await makeDue(run);
      return false;
  }
}

const isGathered = async (id: string): Promise<boolean> => (await countInSteps(id, ['gather'])) === 0;

/**
 * Makes what can be made, also for those who come late.
 * @returns whether nothing is left to be done now; for whoever waits for a library that is away, nothing is
 */
async function makeDue(run: Run): Promise<boolean> {
  // whose loans are there need not wait for the library
  const isMade = await computeReports(run);
  const end = await gatherLoans(run);
  return (await computeReports(run)) && isMade && end !== 'late';
}
