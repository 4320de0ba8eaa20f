import { setTimeout as pause } from 'node:timers/promises';
import cloud from 'wx-server-sdk';

/** Longest wait for WeChat's answer, ms. */
const WAIT = 5_000;

/**
 * What became of a customer message.
 * - sent: WeChat took it
 * - refused: it certainly did not, for a reason with this number: 45015 the reader wrote too long ago, 45047 five answers
 *   went out already, 40003 it knows no such openid …
 * - unknown: there was no answer that could be read; it may have gone out, and is not sent again
 */
export type Sending = { outcome: 'sent' } | { outcome: 'refused'; code: number } | { outcome: 'unknown' };

interface OpenApi {
  customerServiceMessage: { send(request: object): Promise<unknown> };
}
let opened: OpenApi | undefined;

function openApi(): OpenApi {
  if (!opened) {
    // its types do not know that the constant is a symbol
    cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string });
    opened = cloud.openapi as unknown as OpenApi;
  }
  return opened;
}

/**
 * Answers who wrote to the mini program's customer service, customerServiceMessage.send; asked once, whatever comes of it.
 * The function's config.json must name it.
 * @param text at most 2,048 bytes
 */
export async function sendText(openid: string, text: string): Promise<Sending> {
  const waiting = new AbortController();
  const late = pause(WAIT, { outcome: 'unknown' } as const, { signal: waiting.signal, ref: false });
  // ended below, when nobody waits for it any more
  late.catch(() => undefined);
  try {
    return await Promise.race([send(openid, text), late]);
  } finally {
    waiting.abort();
  }
}

async function send(openid: string, text: string): Promise<Sending> {
  try {
    await openApi().customerServiceMessage.send({ touser: openid, msgtype: 'text', text: { content: text } });
    return { outcome: 'sent' };
  } catch (error) {
    const { errCode } = (error ?? {}) as { errCode?: unknown };
    // those below zero are the platform's; of some nobody knows what was done before
    return typeof errCode === 'number' && (errCode > 0 || NOT_ASKED.includes(errCode))
      ? { outcome: 'refused', code: errCode }
      : { outcome: 'unknown' };
  }
}

/** Of the platform: the API is not there, not permitted, or not to be called from here. */
const NOT_ASKED = [-604100, -604101, -604104];
