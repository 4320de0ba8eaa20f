import * as v from 'valibot';
import { TemplateId } from '../../contracts/messages/templates';

/** WeChat's events about subscriptions. */
export const CREDIT_EVENTS = [
  'subscribe_msg_popup_event',
  'subscribe_msg_change_event',
  'subscribe_msg_sent_event',
] as const;

/** One push as it came: `List` is an array, or the one thing itself. Anything may stand in it. */
export interface CreditEvents {
  event: string;
  list: unknown;
}

/**
 * - accepted: one tap, one message
 * - allowed: the reader refuses this template no longer
 * - refused: the reader refuses this template from now on
 * - none: WeChat did not deliver a message, for the reader has allowed none
 */
interface Answer {
  template: string;
  says: 'accepted' | 'allowed' | 'refused' | 'none';
}

/** WeChat names at most as many at once as may be asked for; more is no push of WeChat's. */
const MOST_ANSWERS = 10;

const Popup = v.object({ TemplateId, SubscribeStatusString: v.string() });
const Sent = v.object({ TemplateId, ErrorCode: v.union([v.string(), v.number()]) });
/** As `subscribeMessage.send` numbers it. */
const NOT_ALLOWED = '43101';

/** What a push says of templates; what it cannot be read to say is left out. A template counts once a push. */
export function readAnswers({ event, list }: CreditEvents): Answer[] {
  const all = (Array.isArray(list) ? (list as unknown[]) : [list]).slice(0, MOST_ANSWERS);
  const answers = new Map<string, Answer>();
  for (const one of all) {
    const answer = readOne(event, one);
    if (answer && !answers.has(answer.template)) answers.set(answer.template, answer);
  }
  return [...answers.values()];
}

function readOne(event: string, one: unknown): Answer | undefined {
  if (event === 'subscribe_msg_sent_event') {
    const sent = v.safeParse(Sent, one);
    if (!sent.success || String(sent.output.ErrorCode) !== NOT_ALLOWED) return undefined;
    return { template: sent.output.TemplateId, says: 'none' };
  }
  const popup = v.safeParse(Popup, one);
  if (!popup.success) return undefined;
  const { TemplateId: template, SubscribeStatusString: status } = popup.output;
  if (event === 'subscribe_msg_popup_event') {
    // a tap on "no" says nothing of the next time
    return status === 'accept' ? { template, says: 'accepted' } : undefined;
  }
  if (event !== 'subscribe_msg_change_event') return undefined;
  if (status === 'reject') return { template, says: 'refused' };
  return status === 'accept' ? { template, says: 'allowed' } : undefined;
}
