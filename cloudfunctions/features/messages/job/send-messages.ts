import { AppError } from '../../../runtime/app-error';
import type { RunTime } from '../../../runtime/run-time';
import { endLapsed } from './lapse';
import { lookAtReaders } from './look';
import { lookAtShelves } from './look-at-shelves';
import { openSite } from './open-site';
import { Run, type Teller } from './run';
import { tellDue } from './tell';

/**
 * Brings the messages further, as long as there is time; the next beat goes on where this one ends, however it ends.
 * @returns how many of what were done
 */
export async function sendMessages(context: Teller, time: RunTime): Promise<Record<string, number>> {
  const site = await openConfigured(context, time);
  if (!site) return {};
  const run = new Run(context, time, site);
  await endLapsed(run);
  if (run.hours().isDay) {
    await tellDue(run);
    await lookAtShelves(run);
  }
  await lookAtReaders(run);
  return run.end();
}

/** What is not set up yet sends nothing. */
async function openConfigured(context: Teller, time: RunTime): ReturnType<typeof openSite> {
  try {
    context.desk();
    return await openSite(context, time);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_CONFIGURED') return undefined;
    throw error;
  }
}
