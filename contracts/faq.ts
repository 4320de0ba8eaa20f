import * as v from 'valibot';
import { Words } from './onboarding/words';

/** Numbers and lists that only the library knows; they stand in braces in an answer: `{loanDays}`. */
export const FAQ_FACTS = [
  'maxLoans',
  'loanDays',
  'renewals',
  'renewalDays',
  'renewalWindowDays',
  'finePerDay',
  'maxFine',
  'blockAt',
  'pickupDays',
  'maxHolds',
  'openToday',
  'branches',
] as const;
export type FaqFact = (typeof FAQ_FACTS)[number];

const Line = (maxLength: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxLength));
const Name = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{1,47}$/, 'lower-case letters, digits and dashes'));
const Variants = (maxLength: number) => v.pipe(v.array(Line(maxLength)), v.minLength(2), v.maxLength(12));

/** The names in braces of a text, each once. */
export const factsIn = (text: string): string[] => [
  ...new Set(Array.from(text.matchAll(/\{([^{}]*)\}/g), ([, name]) => name ?? '')),
];

/** One question with its answer, in both languages. Lengths in UTF-16 units. */
export const FaqEntry = v.pipe(
  v.strictObject({
    /** Stays when the wording changes. */
    id: Name,
    topic: Name,
    question: Words(80, 160),
    /** Other ways to ask the same. */
    variants: v.strictObject({ zh: Variants(80), en: Variants(160) }),
    answer: Words(300, 600),
    /** Words that mark this entry, in both languages. */
    keywords: v.pipe(v.array(Line(40)), v.minLength(1), v.maxLength(40)),
    /** The page of the mini program where it is done. */
    page: v.optional(v.pipe(v.string(), v.regex(/^(pages|packages)\/[a-z0-9/-]{1,80}$/))),
    /** What `answer` takes from the library. */
    needs: v.optional(v.pipe(v.array(v.picklist(FAQ_FACTS)), v.minLength(1))),
    /** The answer when one of `needs` is not known. */
    otherwise: v.optional(Words(300, 600)),
  }),
  v.check(
    ({ answer, needs = [] }) =>
      [answer.zh, answer.en].every((text) => factsIn(text).sort().join() === [...needs].sort().join()),
    'each language of the answer has just the facts that "needs" names',
  ),
  v.check(
    ({ needs, otherwise }) => (needs === undefined) === (otherwise === undefined),
    '"needs" and "otherwise" come together',
  ),
  v.check(
    ({ otherwise }) =>
      otherwise === undefined || factsIn(otherwise.zh).length + factsIn(otherwise.en).length === 0,
    '"otherwise" needs nothing',
  ),
);
export type FaqEntry = v.InferOutput<typeof FaqEntry>;

/** Words that mean the same to a reader of a library, of both languages. */
export const FaqSynonyms = v.array(v.pipe(v.array(Line(40)), v.minLength(2), v.maxLength(40)));
export type FaqSynonyms = v.InferOutput<typeof FaqSynonyms>;
