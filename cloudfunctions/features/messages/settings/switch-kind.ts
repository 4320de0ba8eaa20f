import type * as v from 'valibot';
import type { MessageSettingsOutput, SwitchKindInput } from '../../../../contracts/messages/actions';
import type { Context } from '../../../runtime/context';
import { switchKind } from '../../../stores/message-preferences';
import { countCall } from '../../../stores/rates';
import { describeSettings } from './show-settings';

/** Switches a kind of message off or on; permissions that were given stay. */
export async function switchMessageKind(
  context: Context,
  { kind, on }: v.InferOutput<typeof SwitchKindInput>,
): Promise<MessageSettingsOutput> {
  const { openid } = context;
  await countCall(openid, 'messages.write', context.now());
  await switchKind(openid, kind, on);
  return describeSettings(context);
}
