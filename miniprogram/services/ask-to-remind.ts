import type { MessageSettingsOutput } from '../../contracts/messages/actions';
import type { MessageKind, Moment } from '../../contracts/messages/kinds';
import { call } from './api';
import { knownMessageSettings, readMessageSettings, rememberMessageSettings } from './message-settings';
import { MOST_TEMPLATES_ASKED, NEED_LIBRARY, PROMPTS } from './prompt-moments';
import { language } from './settings';
import { isRecord, readStored, removeStored, store } from './storage';
import { requestSubscriptions, type Granted } from './subscriptions';
import { newRequestId } from './write-once';

/** What WeChat can be asked for: templates, and the kinds of message that each stands for. */
export interface Offer {
  moment: Moment;
  templates: string[];
  kinds: { kind: MessageKind; template: string }[];
}

/** `unreported`: WeChat has agreed, but our function could not be told; it will be told later. */
export type Asked =
  | { kind: 'allowed' | 'unreported'; kinds: MessageKind[] }
  | { kind: 'none' | 'banned' | 'switchedOff' | 'failed' };

const KEY = 'reminders-declined';
/** Who has said no is left alone for so long at that moment, ms. */
const DECLINED_MS = 30 * 86_400_000;

/** Answers of WeChat that our function has not been told, each with its own request id. */
let unreported: Granted[] = [];

/** Reads what an offer is made from, so that a tap need not wait. @throws ApiFault */
export async function prepareReminders(): Promise<void> {
  await reportAgain();
  await readMessageSettings();
}

/**
 * What is worth asking for at a moment. @returns undefined where nothing is: no template is set up, the message that is
 * promised is allowed already, WeChat would say no by itself, nobody could find out what there is to tell, or the reader has said no lately
 */
export function offerAt(moment: Exclude<Moment, 'settings'>): Offer | undefined {
  const settings = knownMessageSettings();
  if (settings === undefined || isDeclined(moment)) return undefined;
  const wanted = settings.kinds.filter(
    ({ kind, on, refused }) =>
      PROMPTS[moment].includes(kind) && on && refused !== true && canBeTold(kind, settings),
  );
  const missing = wanted.filter(({ credits = 0 }) => credits === 0).map(({ kind }) => kind);
  // the words of the offer promise the first kind; the others only come along
  const [promised] = PROMPTS[moment];
  return promised !== undefined && missing.includes(promised) ? offerFor(missing, moment) : undefined;
}

/** What is asked for these kinds of message, whatever is allowed already. */
export function offerFor(
  kinds: readonly MessageKind[],
  moment: Moment,
  settings: MessageSettingsOutput | undefined = knownMessageSettings(),
): Offer | undefined {
  const found = (settings?.kinds ?? []).flatMap(({ kind, template }) =>
    kinds.includes(kind) && template !== undefined ? [{ kind, template }] : [],
  );
  const templates = [...new Set(found.map(({ template }) => template))].slice(0, MOST_TEMPLATES_ASKED);
  if (templates.length === 0) return undefined;
  return { moment, templates, kinds: found.filter(({ template }) => templates.includes(template)) };
}

const canBeTold = (kind: MessageKind, { asking }: MessageSettingsOutput): boolean =>
  !NEED_LIBRARY.has(kind) || asking === 'always' || asking === 'session';

/** Must be called within a tap, before anything is awaited. Never throws. */
export async function askToRemind(offer: Offer): Promise<Asked> {
  const said = await requestSubscriptions(offer.templates);
  if (said.kind !== 'answered') return said;
  const { answers } = said;
  const reported = await report({
    moment: offer.moment,
    language: language(),
    answers,
    requestId: newRequestId(),
  });
  const accepted = answers.filter(({ answer }) => answer === 'accept').map(({ template }) => template);
  if (accepted.length === 0) {
    if (answers.some(({ answer }) => answer === 'reject')) declineReminders(offer.moment);
    return { kind: answers.some(({ answer }) => answer === 'reject') ? 'none' : 'banned' };
  }
  const kinds = offer.kinds.filter(({ template }) => accepted.includes(template)).map(({ kind }) => kind);
  return { kind: reported ? 'allowed' : 'unreported', kinds };
}

async function report(granted: Granted): Promise<boolean> {
  try {
    rememberMessageSettings(await call('messages.granted', granted));
    return true;
  } catch {
    unreported = [...unreported, granted];
    return false;
  }
}

/** The same request id never counts twice. */
async function reportAgain(): Promise<void> {
  const waiting = unreported;
  unreported = [];
  for (const granted of waiting) await report(granted);
}

/** The reader wants no reminder here: nothing is offered at this moment for a month. */
export function declineReminders(moment: Moment): void {
  if (moment !== 'settings') store(KEY, { ...declined(), [moment]: Date.now() });
}

function isDeclined(moment: Moment): boolean {
  const at = declined()[moment];
  return typeof at === 'number' && Math.abs(Date.now() - at) < DECLINED_MS;
}

function declined(): Record<string, unknown> {
  const stored = readStored(KEY);
  return isRecord(stored) ? stored : {};
}

/** To be told when the phone is to keep nothing. */
export function forgetReminders(): void {
  unreported = [];
  removeStored(KEY);
}
