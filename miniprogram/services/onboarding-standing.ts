import type { OverviewOutput } from '../../contracts/onboarding/index';
import { call } from './api';
import { deskState } from './desk-changes';

/** What pages outside the onboarding say about it. */
export type Standing = Pick<OverviewOutput, 'standing' | 'locked' | 'pass' | 'waiver' | 'open'>;

let known: { standing: Standing; at: number } | undefined;

/** To be told whenever the overview was read. */
export function rememberStanding(standing: Standing): void {
  known = { standing, at: deskState() };
}

/** What was read since the app was opened or the card was changed, if it was. */
export function knownStanding(): Standing | undefined {
  return known?.at === deskState() ? known.standing : undefined;
}

/**
 * Asks once after the app was opened and after each change of the card, and again while a pass or a waiver
 * is still on its way to the library. Needs a bound card.
 * @throws ApiFault
 */
export async function readStanding(): Promise<Standing> {
  const kept = knownStanding();
  const unlock = kept?.pass?.unlock ?? kept?.waiver?.unlock;
  if (kept !== undefined && unlock !== 'unlocking') return kept;
  const standing = await call('onboarding.overview', {});
  rememberStanding(standing);
  return standing;
}
