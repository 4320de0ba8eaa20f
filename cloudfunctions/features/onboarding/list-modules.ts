import type * as v from 'valibot';
import type { ReadOutput } from '../../../contracts/onboarding';
import { MODULES } from '../../../contracts/onboarding/words';
import type { OnboardingRecord } from '../../stores/onboarding-readers';

type Progress = v.InferOutput<typeof ReadOutput>['modules'][number];

/** How far each module was read, in the order of reading. */
export const listModules = ({ modules, again }: Pick<OnboardingRecord, 'modules' | 'again'>): Progress[] =>
  MODULES.map((module) => ({
    module,
    read: modules[module]?.readAt !== undefined,
    cards: modules[module]?.cards ?? 0,
    again: again.includes(module),
  }));
