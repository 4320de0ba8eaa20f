import type { Clock } from '../clock';
import type { Emulator } from '../emulator';
import { LOCAL_ACCOUNT } from './seed-messages';

export interface Subscription {
  templateId: string;
  answer: 'accept' | 'reject';
}

/**
 * What WeChat does when a reader has answered `wx.requestSubscribeMessage`: it remembers what was accepted, and tells the
 * function that takes pushes.
 */
export async function subscribe(
  emulator: Pick<Emulator, 'addCredits' | 'callAsPlatform'>,
  clock: Clock,
  openid: string,
  answers: readonly Subscription[],
): Promise<void> {
  for (const { templateId, answer } of answers) {
    if (answer === 'accept') emulator.addCredits(openid, templateId, 1);
  }
  const event = {
    ...{ ToUserName: LOCAL_ACCOUNT, FromUserName: openid, CreateTime: Math.floor(clock.now() / 1_000) },
    ...{ MsgType: 'event', Event: 'subscribe_msg_popup_event' },
    List: answers.map(({ templateId, answer }) => ({
      ...{ TemplateId: templateId, SubscribeStatusString: answer, PopupScene: '0' },
    })),
  };
  try {
    await emulator.callAsPlatform({ function: 'messages', event });
  } catch {
    // a push is told once, whether anybody takes it or not
  }
}
