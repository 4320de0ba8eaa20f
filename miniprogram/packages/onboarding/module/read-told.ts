import { call } from '../../../services/api';
import { readLibrary } from '../../../services/library';
import type { LearningModule } from '../content/module';
import { needsOf, type Told } from './fill-card';

/**
 * Asks for what a chapter needs to know of the library, and for nothing else. What cannot be read stays
 * absent: the cards then say it without numbers.
 */
export async function readTold(module: LearningModule): Promise<Told> {
  const needs = needsOf(module);
  const fromPolicy = [...needs].some((name) => name !== 'branches' && name !== 'openToday');
  const [facts, library, hours] = await Promise.all([
    orNothing(fromPolicy, () => call('onboarding.facts', {})),
    orNothing(needs.has('branches'), readLibrary),
    orNothing(needs.has('openToday'), () => call('library.hours', {})),
  ]);
  return {
    ...(facts === undefined ? {} : { facts }),
    ...(library === undefined ? {} : { branches: library.library.branches }),
    ...(hours === undefined ? {} : { hours }),
  };
}

async function orNothing<T>(wanted: boolean, read: () => Promise<T>): Promise<T | undefined> {
  if (!wanted) return undefined;
  try {
    return await read();
  } catch {
    return undefined;
  }
}
