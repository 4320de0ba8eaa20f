import type { MessageSettingsOutput } from '../../../../contracts/messages/actions';
import { MESSAGE_KINDS } from '../../../../contracts/messages/kinds';
import { QUIET_HOURS } from '../../../../contracts/messages/quiet-hours';
import { LibraryFault } from '../../../../library-systems/library-fault';
import type { Context } from '../../../runtime/context';
import { timestamp } from '../../../runtime/format-time';
import { findBinding } from '../../../stores/bindings';
import { findCredits } from '../../../stores/message-credits';
import { findPlan } from '../../../stores/message-plans';
import { findPreferences } from '../../../stores/message-preferences';
import { currentMessageSettings, templateFor } from '../../../stores/message-settings';
import { countOften } from '../../../stores/rates';

/** What will be sent to the reader, and how many more they have allowed. */
export async function showSettings(context: Context): Promise<MessageSettingsOutput> {
  await countOften(context.openid, 'messages.read', context.now());
  return describeSettings(context);
}

export async function describeSettings(context: Context): Promise<MessageSettingsOutput> {
  const { openid } = context;
  const now = context.now();
  const [settings, { off }, credits, asking, plan] = await Promise.all([
    currentMessageSettings(now),
    findPreferences(openid),
    findCredits(openid, now),
    findAsking(context),
    findPlan(openid),
  ]);
  const kinds = MESSAGE_KINDS.map((kind) => {
    const on = !off.includes(kind);
    const template = templateFor(settings, kind)?.id;
    if (template === undefined) return { kind, on };
    const credit = credits.find((one) => one.template === template);
    return { kind, on, template, credits: credit?.left ?? 0, ...(credit?.refused && { refused: true }) };
  });
  return {
    kinds,
    quiet: QUIET_HOURS,
    asking,
    ...(plan?.lookedAt !== undefined && { lookedAt: timestamp(plan.lookedAt) }),
  };
}

const ASKING = { 'trusted-terminal': 'always', session: 'session', 'ask-each-time': 'never' } as const;

async function findAsking(context: Context): Promise<MessageSettingsOutput['asking']> {
  const binding = await findBinding(context.desk(), context.openid, context.now());
  if (!binding) return 'noCard';
  try {
    const { afterBinding } = await context.library();
    return afterBinding ? ASKING[afterBinding] : 'never';
  } catch (error) {
    if (error instanceof LibraryFault) return 'away';
    throw error;
  }
}
