import { setTimeout as pause } from 'node:timers/promises';
import cloud from 'wx-server-sdk';

/** Of WeChat's scenes the nearest: a comment. */
const SCENE = 2;
const PICTURE = 2;
/** Longest wait for an answer, ms: WeChat mostly takes a tenth of it. */
const WAIT = 5_000;
/** Too many in a minute, or on a day. */
const LIMITED = [45009, 45011];
/** How the first version of the check said that a text is not lawful. */
const RISKY = 87014;

/**
 * - pass, risky, review: WeChat's word; `review`: a human should look
 * - unavailable: it has given none: it was not reached, wants the reader to have been here within two hours (61010), is
 *   not permitted, answers something else. It may later.
 * - limited: the mini program has asked too often for now
 */
export type TextVerdict = 'pass' | 'risky' | 'review' | 'unavailable' | 'limited';

interface Security {
  msgSecCheck(request: object): Promise<{ result?: { suggest?: unknown } }>;
  mediaCheckAsync(request: object): Promise<{ traceId?: unknown }>;
}
let opened: Security | undefined;

function security(): Security {
  if (!opened) {
    // its types do not know that the constant is a symbol
    cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string });
    opened = (cloud.openapi as unknown as { security: Security }).security;
  }
  return opened;
}

/**
 * Has WeChat look at a text, security.msgSecCheck 2. The function's config.json must name it.
 * @param text at most 2,500 characters
 */
export async function checkText(openid: string, text: string): Promise<TextVerdict> {
  const answer = await ask(() => security().msgSecCheck({ openid, scene: SCENE, version: 2, content: text }));
  if ('failure' in answer) return answer.failure;
  return suggestionOf(answer.result);
}

/**
 * Has WeChat begin to look at a picture, security.mediaCheckAsync 2; the verdict is pushed within half an hour.
 * @param url from where WeChat can fetch it
 * @returns the trace by which the verdict names the picture
 */
export async function checkPicture(
  openid: string,
  url: string,
): Promise<{ trace: string } | Exclude<TextVerdict, 'pass' | 'review'>> {
  const answer = await ask(() =>
    security().mediaCheckAsync({ openid, scene: SCENE, version: 2, mediaUrl: url, mediaType: PICTURE }),
  );
  if ('failure' in answer) return answer.failure;
  const { traceId } = answer;
  return typeof traceId === 'string' && /^[\w-]{8,128}$/.test(traceId) ? { trace: traceId } : 'unavailable';
}

function suggestionOf(result: { suggest?: unknown } | undefined): TextVerdict {
  const { suggest } = result ?? {};
  return suggest === 'pass' || suggest === 'risky' || suggest === 'review' ? suggest : 'unavailable';
}

async function ask<T extends object>(
  call: () => Promise<T>,
): Promise<T | { failure: 'risky' | 'unavailable' | 'limited' }> {
  const waiting = new AbortController();
  const late = pause(WAIT, { failure: 'unavailable' } as const, { signal: waiting.signal, ref: false });
  // ended below, when nobody waits for it any more
  late.catch(() => undefined);
  try {
    return await Promise.race([call(), late]);
  } catch (error) {
    const { errCode } = (error ?? {}) as { errCode?: unknown };
    if (errCode === RISKY) return { failure: 'risky' };
    return { failure: LIMITED.some((code) => code === errCode) ? 'limited' : 'unavailable' };
  } finally {
    waiting.abort();
  }
}
