import type { OverviewOutput } from '../../../contracts/onboarding/index';
import { call } from '../../services/api';
import { deskState } from '../../services/desk-changes';
import { rememberStanding } from '../../services/onboarding-standing';

export type ModuleProgress = OverviewOutput['modules'][number];

let known: { modules: readonly ModuleProgress[]; at: number } | undefined;

/** To be told whenever the server has told it. */
export function rememberProgress(modules: readonly ModuleProgress[]): void {
  known = { modules, at: deskState() };
}

/** How far each chapter has been read; asks where nobody has told yet. @throws ApiFault */
export async function readProgress(): Promise<readonly ModuleProgress[]> {
  if (known?.at === deskState()) return known.modules;
  const overview = await call('onboarding.overview', {});
  rememberStanding(overview);
  rememberProgress(overview.modules);
  return overview.modules;
}
