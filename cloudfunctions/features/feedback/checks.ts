/** What WeChat says of a text; see cloud/content-check.ts. */
export type TextVerdict = 'pass' | 'risky' | 'review' | 'unavailable' | 'limited';

/** WeChat's content check. Neither of them throws. */
export interface Checks {
  checkText(openid: string, text: string): Promise<TextVerdict>;
  checkPicture(openid: string, url: string): Promise<{ trace: string } | 'risky' | 'unavailable' | 'limited'>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PAUSES = [MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, 45 * MINUTE, 2 * HOUR, 6 * HOUR];
/** A check that could not be had for so long is not asked for any more, ms. */
const GIVEN_UP_AFTER = 7 * 24 * HOUR;

/** When a check that could not be had is asked for again, ms; the pauses grow. @param tries how often it was in vain */
export const nextTry = (tries: number, now: number): number => now + (PAUSES[tries] ?? PAUSES.at(-1)!);

/** Whether what was written at a time is asked about no more. Times in ms. */
export const isLapsed = (at: number, now: number): boolean => now >= at + GIVEN_UP_AFTER;
