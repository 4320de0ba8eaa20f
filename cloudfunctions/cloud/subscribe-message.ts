import { setTimeout as pause } from 'node:timers/promises';
import cloud from 'wx-server-sdk';
import type { SendOutcome, SubscribeMessage } from '../runtime/subscribe-message';

/*
 * WeChat's numbers, from the documentation of subscribeMessage.send and the general list of return codes: 40003 openid,
 * 40037 template, 41030 page, 43101 no permission, 43107 the mini program or the template is banned, 45168 words that
 * WeChat does not let pass, 47003 a field; every other number above 0 is a refusal, too.
 */
const NO_CREDIT = [43101];
/** The main switch of the reader. */
const SWITCHED_OFF = [20004];
/** 45009 and 45011: too many in a day or a minute; 43108: too many at once. */
const LIMITS = [45009, 45011, 43108];
/** Of the platform, before WeChat is asked: the API is not there, not permitted, or not to be called from here. */
const NOT_HERE = [-604100, -604101, -604104];

interface OpenApi {
  subscribeMessage: { send(request: object): Promise<object> };
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
 * Asks WeChat once to send a message; the SDK does not try again by itself. The function's config.json must name
 * `subscribeMessage.send`. Never throws: whatever is not surely a refusal is `unknown`.
 * @param longest wait for the answer, ms
 */
export async function sendSubscribeMessage(message: SubscribeMessage, longest: number): Promise<SendOutcome> {
  const { openid, template, page, data, language, state } = message;
  const waiting = new AbortController();
  const tooLate = pause(longest, 'unknown' as const, { signal: waiting.signal, ref: false });
  tooLate.catch(() => undefined);
  const asking = ask({
    ...{ touser: openid, templateId: template, page, data },
    ...{ miniprogramState: state, lang: language === 'en' ? 'en_US' : 'zh_CN' },
  });
  try {
    return await Promise.race([asking, tooLate]);
  } finally {
    waiting.abort();
  }
}

async function ask(request: object): Promise<SendOutcome> {
  try {
    const answer = await openApi().subscribeMessage.send(request);
    // the SDK gives back what is no JSON as if all were well
    return 'buffer' in answer || 'result' in answer ? 'unknown' : 'sent';
  } catch (error) {
    const { errCode } = (error ?? {}) as { errCode?: unknown };
    return typeof errCode === 'number' ? outcomeOf(errCode) : 'unknown';
  }
}

function outcomeOf(notSent: number): SendOutcome {
  if (NOT_HERE.includes(notSent)) return { notSent, kind: 'refusedForGood' };
  // -1 says that WeChat was busy, not that it did nothing
  if (!(Number.isInteger(notSent) && notSent > 0)) return 'unknown';
  if (NO_CREDIT.includes(notSent)) return { notSent, kind: 'noCredit' };
  if (SWITCHED_OFF.includes(notSent)) return { notSent, kind: 'switchedOff' };
  return { notSent, kind: LIMITS.includes(notSent) ? 'limit' : 'refusedForGood' };
}
