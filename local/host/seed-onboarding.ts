import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { OnboardingSettings } from '../../contracts/onboarding/settings';
import { staffOver } from '../../tools/staff/call-staff';
import { dateAtHome } from '../../tools/staff/local-time';
import { putBank } from '../../tools/onboarding/put-bank';
import { describeProblems, Unsound } from '../../tools/staff/says';
import type { Emulator } from '../emulator';
import type { OpenLibrary } from './library';

/** Stands in the audit. */
const BY = 'npm start';
/** Whom the demo library asks for it: students from 2026 on. */
const SETTINGS = { requiredOf: [{ readerTypes: ['UG', 'PG'], fromEntryYear: 2026 }] };
/** Settings that the demo left in a data folder and nobody has touched. */
const areOfDemo = (settings: OnboardingSettings): boolean =>
  isDeepStrictEqual(settings, v.parse(OnboardingSettings, SETTINGS));

/**
 * Gives a cloud that has no questions yet those of content/onboarding/bank, and
 * has them asked of the demo library's new students, by the orders that a
 * library's staff would give. Another library has reader types of its own: there
 * it is asked of nobody until its staff say so, and what the demo asked before in
 * the same data folder is taken back. Otherwise a cloud that has a bank is left as
 * it is. The bank comes last: whoever is killed in between begins anew at the next start. What cannot be given is
 * said and keeps nothing else from starting.
 */
export async function seedOnboarding(
  emulator: Pick<Emulator, 'callAsPlatform'>,
  { isDemo }: Pick<OpenLibrary, 'isDemo'>,
): Promise<void> {
  const call = staffOver((event) => emulator.callAsPlatform({ function: 'staff', event }));
  try {
    const { settings, bank } = await call('onboarding.settings', { by: BY });
    if (!isDemo && areOfDemo(settings)) {
      await call('onboarding.settings', { by: BY, settings: { ...settings, requiredOf: [] } });
      process.stderr.write('The onboarding settings of the demo are taken back: it is asked of nobody.\n');
    }
    if (bank) return;
    if (isDemo && settings.requiredOf.length === 0) {
      await call('onboarding.settings', { by: BY, settings: { ...settings, ...SETTINGS } });
    }
    // Only now: what reads spreadsheets, too, is not loaded at every start.
    const { readShippedBank } = await import('../../tools/onboarding/bank/shipped-bank');
    await putBank(await readShippedBank(dateAtHome(Date.now())), BY, call);
  } catch (error) {
    const lines = error instanceof Unsound ? describeProblems(error.problems) : [String(error)];
    for (const line of ['The onboarding could not be prepared:', ...lines]) process.stderr.write(`${line}\n`);
  }
}
