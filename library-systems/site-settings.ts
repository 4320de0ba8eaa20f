import * as v from 'valibot';
import { DENIAL_CODES } from '../contracts/denials';

const Text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'iu');
    return true;
  } catch {
    return false;
  }
}

/** The name of an environment variable that holds a secret. */
export const EnvName = v.pipe(
  v.string(),
  v.regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'must be the name of an environment variable, such as SIP2_PASSWORD'),
);

export const Millis = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** The library's words for a refusal, as a regular expression (flags `iu`), and the code that they mean. */
export const DenialText = v.strictObject({
  pattern: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(500),
    v.check(isPattern, 'must be a regular expression'),
  ),
  code: v.picklist(DENIAL_CODES),
});
export type DenialText = v.InferOutput<typeof DenialText>;

/** What is told of the library itself, whatever its system is; spread into the schema of each adapter. */
export const siteSettings = {
  /** What the library is called, e.g. "书童示范大学图书馆". */
  name: Text,
  /** Branches by the codes that the system uses. */
  branches: v.pipe(
    v.array(v.strictObject({ code: Text, name: Text })),
    v.minLength(1),
    v.maxLength(200),
    v.check(
      (branches) => new Set(branches.map(({ code }) => code)).size === branches.length,
      'each code may stand once only',
    ),
  ),
  timeZone: v.optional(
    v.pipe(v.string(), v.check(isTimeZone, 'must be a zone such as Asia/Shanghai')),
    'Asia/Shanghai',
  ),
  /** Asked before the adapter's own table, in this order. */
  denialTexts: v.optional(v.pipe(v.array(DenialText), v.maxLength(200)), []),
};
