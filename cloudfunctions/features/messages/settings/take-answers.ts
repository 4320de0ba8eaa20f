import type * as v from 'valibot';
import type { GrantedInput, MessageSettingsOutput } from '../../../../contracts/messages/actions';
import { MESSAGE_KINDS, PROMPTS, type Moment } from '../../../../contracts/messages/kinds';
import type { MessageSettings } from '../../../../contracts/messages/templates';
import type { Context } from '../../../runtime/context';
import { watchErasures } from '../../../stores/erasures';
import { claim, eraseCredits } from '../../../stores/message-credits';
import { erasePreferences, keepLanguage } from '../../../stores/message-preferences';
import { currentMessageSettings, templateFor } from '../../../stores/message-settings';
import { countCall } from '../../../stores/rates';
import { describeSettings } from './show-settings';

/**
 * Writes down what the mini program says that the reader has tapped. Templates that are not asked for at that moment are
 * passed over: nothing is kept of what the library has not set up.
 */
export async function takeAnswers(
  context: Context,
  { moment, language, answers, requestId }: v.InferOutput<typeof GrantedInput>,
): Promise<MessageSettingsOutput> {
  const { openid } = context;
  const now = context.now();
  const erasures = await watchErasures(context.desk().lookup, openid);
  await countCall(openid, 'messages.write', now);
  const asked = templatesAskedAt(moment, await currentMessageSettings(now));
  await keepLanguage(openid, language);
  for (const { template, answer } of answers) {
    if (answer === 'accept' && asked.has(template)) await claim(openid, template, requestId, now);
  }
  await erasures.requireNone(() => Promise.all([eraseCredits(openid), erasePreferences(openid)]));
  return describeSettings(context);
}

function templatesAskedAt(moment: Moment, settings: MessageSettings): Set<string> {
  const kinds = moment === 'settings' ? MESSAGE_KINDS : PROMPTS[moment];
  return new Set(kinds.flatMap((kind) => templateFor(settings, kind)?.id ?? []));
}
