import { OpenApiError, requireOpenid, type Api } from './api';
import type { Parameters } from './codec';

/** Replies go out within 48 hours of the reader's last message, at most five of them. */
const WINDOW_MS = 48 * 3_600_000;
const REPLIES = 5;
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
  if (!conversation || clock.now() - conversation.at > WINDOW_MS) {
    throw new OpenApiError(45015, 'response out of time limit or subscription is canceled');
  }
  if (conversation.replies >= REPLIES) throw new OpenApiError(45047, 'out of response count limit');
  state.noteReply(openid);
  return { json: {} };
};

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
