import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { staffOver } from '../../tools/onboarding/call-staff';
import { putBank } from '../../tools/onboarding/put-bank';
import { describeProblems, Unsound } from '../../tools/onboarding/says';
import type { Emulator } from '../emulator';

const BANK_DIR = path.join(__dirname, '../../content/onboarding/bank');
/** Stands in the audit. */
const BY = 'npm start';
/** Whom the demo library asks for it: students from 2026 on. */
const SETTINGS = { requiredOf: [{ readerTypes: ['UG', 'PG'], fromEntryYear: 2026 }] };

/**
 * Gives a cloud that has no questions yet those of content/onboarding/bank, and
 * has them asked of new students, by the orders that a library's staff would
 * give. A cloud that has a bank is left as it is. The bank comes last: whoever
 * is killed in between begins anew at the next start. What cannot be given is
 * said and keeps nothing else from starting.
 */
export async function seedOnboarding(emulator: Pick<Emulator, 'callAsPlatform'>): Promise<void> {
  const call = staffOver((event) => emulator.callAsPlatform({ function: 'staff', event }));
  try {
    const { settings, bank } = await call('onboarding.settings', { by: BY });
    if (bank) return;
    if (settings.requiredOf.length === 0) {
      await call('onboarding.settings', { by: BY, settings: { ...settings, ...SETTINGS } });
    }
    // Only now: what reads spreadsheets, too, is not loaded at every start.
    const { readBank } = await import('../../tools/onboarding/bank/read-bank');
    const files = (await readdir(BANK_DIR)).filter((name) => name.endsWith('.json')).sort();
    const today = new Date().toISOString().slice(0, 10);
    await putBank(
      await readBank(
        files.map((name) => path.join(BANK_DIR, name)),
        today,
      ),
      BY,
      call,
    );
  } catch (error) {
    const lines = error instanceof Unsound ? describeProblems(error.problems) : [String(error)];
    for (const line of ['The onboarding has no questions:', ...lines]) process.stderr.write(`${line}\n`);
  }
}
