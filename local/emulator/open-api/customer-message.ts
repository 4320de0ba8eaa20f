import { OpenApiError, requireOpenid, type Api } from './api';
import type { Parameters } from './codec';
import type { WechatState } from './wechat-state';

/**
 * What allows answers: a message five within 48 hours, entering the chat two within a minute (documentation of WeChat:
 * customer messages, when they may be sent).
 */
const ALLOWED = {
  message: { replies: 5, within: 48 * 3_600_000 },
  entering: { replies: 2, within: 60_000 },
};
const MESSAGES = ['text', 'image', 'miniprogrampage'];
/** Of a text, in bytes of UTF-8. */
const MOST_BYTES = 2_048;

/** Message type → the fields that it needs. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  text: ['content'],
  image: ['media_id'],
  link: ['title', 'description', 'url', 'thumb_url'],
  miniprogrampage: ['title', 'pagepath', 'thumb_media_id'],
};

/** customerServiceMessage.send: an answer to a reader who wrote first. */
export const sendCustomerMessage: Api = ({ parameters, state, clock }) => {
  const openid = requireOpenid(parameters, 'touser');
  checkContent(parameters);
  const conversation = state.conversation(openid);
  if (!conversation || clock.now() > conversation.until) {
    throw new OpenApiError(45015, 'response out of time limit or subscription is canceled');
  }
  if (conversation.left <= 0) throw new OpenApiError(45047, 'out of response count limit');
  state.noteReply(openid);
  return { json: {} };
};

/** Lets WeChat know of a push that someone stages: what a reader does in the chat allows answers. */
export function noteCustomer(
  { FromUserName: openid, MsgType: type, Event: event }: Record<string, unknown>,
  state: WechatState,
  now: number,
): void {
  if (typeof openid !== 'string') return;
  const isMessage = MESSAGES.some((known) => known === type);
  if (!isMessage && event !== 'user_enter_tempsession') return;
  const { replies, within } = isMessage ? ALLOWED.message : ALLOWED.entering;
  state.allowReplies(openid, { left: replies, until: now + within }, now);
}

function checkContent(parameters: Parameters): void {
  const { msgtype } = parameters;
  const needed = typeof msgtype === 'string' && Object.hasOwn(TYPES, msgtype) ? TYPES[msgtype] : undefined;
  if (!needed) throw new OpenApiError(40008, 'invalid message type');
  const content = (parameters[String(msgtype)] ?? {}) as Parameters;
  for (const name of needed) {
    const value = content[name];
    if (typeof value === 'string' && Buffer.byteLength(value) > MOST_BYTES)
      throw new OpenApiError(45002, `content size out of limit: ${String(msgtype)}.${name}`);
    if (typeof value !== 'string' || value === '') {
      throw new OpenApiError(44004, `empty content: ${String(msgtype)}.${name}`);
    }
  }
}
