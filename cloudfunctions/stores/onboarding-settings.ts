import * as v from 'valibot';
import { OnboardingSettings } from '../../contracts/onboarding/settings';
import { table } from '../cloud/database';

const COLLECTION = 'onboarding_settings';
/** How long an instance goes by what it has read: a change of the library's works everywhere within that. In ms. */
const LIFETIME = 30_000;

/** The questions that are asked from now on. */
export interface CurrentBank {
  version: string;
  slices: number;
  items: number;
}

/** How the library wants its onboarding, and with what questions; `bank` is absent before the first is put in. */
export interface OnboardingRules {
  settings: OnboardingSettings;
  bank?: CurrentBank;
}

interface SettingsDocument {
  _id: 'settings';
  settings: unknown;
  changedAt: number;
}
interface BankDocument extends CurrentBank {
  _id: 'bank';
  publishedAt: number;
}

let held: { at: number; rules: Promise<OnboardingRules> } | undefined;

/** As of at most 30 s ago. A read that fails is no rule: it rejects, and is not remembered. */
export function currentRules(now: number): Promise<OnboardingRules> {
  if (held && held.at <= now && now < held.at + LIFETIME) return held.rules;
  const reading = { at: now, rules: readRules() };
  held = reading;
  reading.rules.catch(() => {
    if (held === reading) held = undefined;
  });
  return reading.rules;
}

/** As of now. */
export async function readRules(): Promise<OnboardingRules> {
  const rules = table<SettingsDocument | BankDocument>(COLLECTION);
  const [stored, bank] = (await Promise.all([rules.find('settings'), rules.find('bank')])) as [
    SettingsDocument | undefined,
    BankDocument | undefined,
  ];
  return {
    // what was left out when it was stored has its default of today
    settings: v.parse(OnboardingSettings, stored?.settings ?? {}),
    ...(bank && { bank: { version: bank.version, slices: bank.slices, items: bank.items } }),
  };
}

export async function keepSettings(settings: OnboardingSettings, now: number): Promise<void> {
  await table<SettingsDocument>(COLLECTION).put({ _id: 'settings', settings, changedAt: now });
}

export async function keepCurrentBank(bank: CurrentBank, now: number): Promise<void> {
  await table<BankDocument>(COLLECTION).put({ _id: 'bank', ...bank, publishedAt: now });
}
