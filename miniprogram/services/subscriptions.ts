import type * as v from 'valibot';
import type { GrantedInput } from '../../contracts/messages/actions';

export type Granted = v.InferInput<typeof GrantedInput>;
type GrantedAnswer = Granted['answers'][number];

/**
 * What WeChat said: of each template, or why it asked nothing: `switchedOff`: the reader has switched off all messages of
 * this mini program.
 */
export type SubscriptionAnswer =
  { kind: 'answered'; answers: GrantedAnswer[] } | { kind: 'switchedOff' } | { kind: 'failed' };

/** requestSubscribeMessage: "用户关闭了主开关" */
const MAIN_SWITCH_OFF = 20004;

/**
 * Has WeChat ask for one message of each template. Must be called within a tap, before anything is awaited: WeChat asks
 * nothing otherwise.
 */
export async function requestSubscriptions(templates: string[]): Promise<SubscriptionAnswer> {
  try {
    const said = await wx.requestSubscribeMessage({ tmplIds: templates });
    const answers = templates.flatMap((template) => {
      const answer = answerOf(said[template]);
      return answer === undefined ? [] : [{ template, answer }];
    });
    return answers.length === 0 ? { kind: 'failed' } : { kind: 'answered', answers };
  } catch (error) {
    const { errCode } = error as { errCode?: number };
    return { kind: errCode === MAIN_SWITCH_OFF ? 'switchedOff' : 'failed' };
  }
}

function answerOf(said: string | undefined): GrantedAnswer['answer'] | undefined {
  // with a sound or as an alert, it is allowed all the same
  if (said?.startsWith('accept')) return 'accept';
  return said === 'reject' || said === 'ban' || said === 'filter' ? said : undefined;
}

/** Opens WeChat's page of what this mini program may send; it says nothing of what was changed. */
export async function openSubscriptionSettings(): Promise<void> {
  try {
    await wx.openSetting({ withSubscriptions: true });
  } catch {
    // Left, or an old WeChat: the page below says how things stand.
    return;
  }
}
