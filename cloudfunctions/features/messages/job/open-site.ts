import { LibraryFault } from '../../../../library-systems/library-fault';
import { withinRun, type RunTime } from '../../../runtime/run-time';
import { findLibraryFacts, keepLibraryFacts, type LibraryFacts } from '../../../stores/message-work';
import type { Site, Teller } from './run';

let known: LibraryFacts | undefined;

/**
 * The library, or what it last said of itself: what is announced is sent, and at its hours, while it does not answer.
 * @returns undefined when it never answered
 */
export async function openSite(context: Teller, time: RunTime): Promise<Site | undefined> {
  try {
    const system = await withinRun(time, context.library());
    const { name, timeZone } = system;
    if (known?.name !== name || known.timeZone !== timeZone) {
      await keepLibraryFacts({ name, timeZone });
      known = { name, timeZone };
    }
    return { name, timeZone, system };
  } catch (error) {
    if (!(error instanceof LibraryFault)) throw error;
    known ??= await findLibraryFacts();
    return known;
  }
}
