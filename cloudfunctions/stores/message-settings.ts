import * as v from 'valibot';
import type { MessageKind } from '../../contracts/messages/kinds';
import { MessageSettings, type MessageTemplate } from '../../contracts/messages/templates';
import { table } from '../cloud/database';

const COLLECTION = 'message_settings';
/** How long an instance goes by what it has read: a change of the library's works everywhere within that. In ms. */
const LIFETIME = 30_000;

interface SettingsDocument {
  _id: 'settings';
  settings: unknown;
  changedAt: number;
}

let held: { at: number; settings: Promise<MessageSettings> } | undefined;

/** As of at most 30 s ago. A read that fails is no setting: it rejects, and is not remembered. */
export function currentMessageSettings(now: number): Promise<MessageSettings> {
  if (held && held.at <= now && now < held.at + LIFETIME) return held.settings;
  const reading = { at: now, settings: readMessageSettings() };
  held = reading;
  reading.settings.catch(() => {
    if (held === reading) held = undefined;
  });
  return reading.settings;
}

/** As of now. */
export async function readMessageSettings(): Promise<MessageSettings> {
  const stored = await table<SettingsDocument>(COLLECTION).find('settings');
  // what was left out when it was stored has its default of today
  return v.parse(MessageSettings, stored?.settings ?? {});
}

export async function keepMessageSettings(settings: MessageSettings, now: number): Promise<void> {
  await table<SettingsDocument>(COLLECTION).put({ _id: 'settings', settings, changedAt: now });
}

/** The template of a kind; undefined where messages of it stay in the inbox. */
export const templateFor = ({ templates }: MessageSettings, kind: MessageKind): MessageTemplate | undefined =>
  templates.find(({ kinds }) => kinds.includes(kind));
