import type { MessageSettingsOutput } from '../../contracts/messages/actions';
import { call } from './api';
import { deskState } from './desk-changes';

/** How long an answer is used without asking again, ms. */
const KEPT_MS = 600_000;

let kept: { settings: MessageSettingsOutput; at: number; desk: number } | undefined;
let asking: Promise<MessageSettingsOutput> | undefined;

/** To be told whenever they were read or changed. */
export function rememberMessageSettings(settings: MessageSettingsOutput): void {
  kept = { settings, at: Date.now(), desk: deskState() };
}

/** What was read lately and under the card of now, if it was. */
export function knownMessageSettings(): MessageSettingsOutput | undefined {
  if (kept === undefined || kept.desk !== deskState()) return undefined;
  const age = Date.now() - kept.at;
  return age >= 0 && age < KEPT_MS ? kept.settings : undefined;
}

/** Asks at most once at a time, and not while an answer is kept. @throws ApiFault */
export async function readMessageSettings(): Promise<MessageSettingsOutput> {
  return knownMessageSettings() ?? (await readMessageSettingsAnew());
}

/** @throws ApiFault */
export async function readMessageSettingsAnew(): Promise<MessageSettingsOutput> {
  asking ??= call('messages.settings', {}).finally(() => (asking = undefined));
  const settings = await asking;
  rememberMessageSettings(settings);
  return settings;
}

/** To be told when the phone is to keep nothing. */
export function forgetMessageSettings(): void {
  kept = undefined;
}
