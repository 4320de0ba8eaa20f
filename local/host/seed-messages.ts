import * as v from 'valibot';
import { MessageSettings } from '../../contracts/messages/templates';
import example from '../../docs/messages/templates.example.json';
import { staffOver } from '../../tools/staff/call-staff';
import type { Emulator } from '../emulator';

/** Stands in the audit. */
const BY = 'npm start';
/** What the local cloud calls the account of the mini program in its pushes. */
export const LOCAL_ACCOUNT = 'gh_local';

/**
 * Gives a cloud that has no templates those of the example, by the order that a library's staff would give; the local
 * cloud takes any id. A cloud that has some is left as it is.
 */
export async function seedMessages(emulator: Pick<Emulator, 'callAsPlatform'>): Promise<void> {
  const call = staffOver((event) => emulator.callAsPlatform({ function: 'staff', event }));
  try {
    const { settings } = await call('messages.templates', { by: BY });
    if (settings.templates.length > 0) return;
    const { templates } = v.parse(MessageSettings, example);
    const accounts = { miniProgram: LOCAL_ACCOUNT, ...settings.accounts };
    await call('messages.templates', { by: BY, settings: { ...settings, templates, accounts, chat: true } });
  } catch (error) {
    process.stderr.write(`The message templates could not be prepared: ${String(error)}\n`);
  }
}
