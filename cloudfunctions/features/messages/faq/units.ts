import { stemEnglish } from './stem-english';

/** The smallest piece that is compared: one Han character, or the stem of one word of other letters or digits. */
export type Unit = string;

/** Runs of Han characters and words of other letters, in order. @param text normalised */
export const splitRuns = (text: string): string[] =>
  text.match(/\p{Script=Han}+|[a-z]+|[0-9]+|[^\sa-z0-9\p{Script=Han}]+/gu) ?? [];

export const isHan = (text: string): boolean => /^\p{Script=Han}/u.test(text);

const isEnglish = (run: string): boolean => /^[a-z]/.test(run);

/** @param text normalised */
export function splitUnits(text: string): Unit[] {
  return splitRuns(text).flatMap((run) =>
    isHan(run) ? [...run] : [isEnglish(run) ? stemEnglish(run) : run],
  );
}
