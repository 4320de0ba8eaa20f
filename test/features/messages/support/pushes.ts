import type { LocalCloud } from '../../../support/local-cloud';
import { addDocuments } from '../../support/read-database';

export const MINI_PROGRAM = 'gh_local';
export const OFFICIAL = 'gh_official';

let last = 24_000_000_000_000_000;

/** A text as WeChat pushes it. */
export const textPush = (openid: string, content: string, more: object = {}) => ({
  ToUserName: MINI_PROGRAM,
  FromUserName: openid,
  CreateTime: Math.floor(Date.now() / 1000),
  MsgType: 'text',
  Content: content,
  MsgId: (last += 64),
  ...more,
});

export const eventPush = (openid: string, event: string, more: object = {}) => ({
  ToUserName: MINI_PROGRAM,
  FromUserName: openid,
  CreateTime: Math.floor(Date.now() / 1000),
  MsgType: 'event',
  Event: event,
  ...more,
});

/** Lets the local WeChat push. @returns what the function answers */
export const push = (cloud: LocalCloud, event: unknown): Promise<unknown> =>
  cloud.callAsPlatform('messages', event);

/** The texts that went out to a reader by customer message; those that WeChat refused are not among them. */
export const sentTo = (cloud: LocalCloud, openid: string): string[] =>
  cloud
    .outbox()
    .filter(({ api, errcode, request }) => {
      return api === 'customerServiceMessage.send' && errcode === 0 && request['touser'] === openid;
    })
    .map(({ request }) => (request['text'] as { content: string }).content);

/** How often WeChat was asked to send to a reader, whatever it said. */
export const askedFor = (cloud: LocalCloud, openid: string): number =>
  cloud
    .outbox()
    .filter(({ api, request }) => api === 'customerServiceMessage.send' && request['touser'] === openid)
    .length;

/** Writes a text and gives what came back; fails the test when it is not one message. */
export async function write(cloud: LocalCloud, openid: string, content: string): Promise<string> {
  const before = sentTo(cloud, openid).length;
  await push(cloud, textPush(openid, content));
  const [text, ...more] = sentTo(cloud, openid).slice(before);
  if (text === undefined || more.length > 0)
    throw new Error(`${more.length + (text === undefined ? 0 : 1)} answers to ${content.slice(0, 50)}`);
  if (Buffer.byteLength(text) > 2_048) throw new Error('longer than a message may be');
  return text;
}

/** WeChat waits this long for an answer of the official account, ms; then it hangs up, and pushes again. */
const WAITS = 5_000;
const UNANSWERED = Symbol('unanswered');

/**
 * Pushes as WeChat does to the official account: three times in all as long as nothing is answered in time. What is answered,
 * if only with `success`, is the end of it.
 * @returns undefined when nothing was: then the follower is told that the account is out of order
 */
export async function pushAgain(cloud: LocalCloud, event: unknown): Promise<unknown> {
  for (let i = 0; i < 3; i++) {
    let timer: NodeJS.Timeout | undefined;
    const hangsUp = new Promise<typeof UNANSWERED>((resolve) => {
      timer = setTimeout(() => resolve(UNANSWERED), WAITS);
    });
    const answer = await Promise.race([push(cloud, event), hangsUp]);
    clearTimeout(timer);
    if (answer !== UNANSWERED) return answer;
  }
  return undefined;
}

/** What the official account answers, as the answer of the call itself. */
export async function writeToOfficial(
  cloud: LocalCloud,
  openid: string,
  content: string,
): Promise<string | undefined> {
  const answer = await pushAgain(cloud, textPush(openid, content, { ToUserName: OFFICIAL }));
  return (answer as { Content?: string }).Content;
}

export const settle = (cloud: LocalCloud, settings: object): Promise<void> =>
  addDocuments(cloud.url(), 'message_settings', [{ _id: 'settings', settings, changedAt: 1 }]);
