import * as v from 'valibot';

/** The parts of the learning, in the order in which they are read. */
export const MODULES = [
  'hours',
  'borrowing',
  'call-numbers',
  'searching',
  'e-resources',
  'seats',
  'conduct',
  'help',
] as const;
export type Module = (typeof MODULES)[number];
export const ModuleId = v.picklist(MODULES);

/** What every new student must know; a paper asks each once. */
export const TOPICS = [
  'own-card',
  'lost-book',
  'shelf-order',
  'fair-use',
  'release-seat',
  'fire-exit',
  'care-of-books',
] as const;
export type Topic = (typeof TOPICS)[number];
export const TopicId = v.picklist(TOPICS);

const Line = (maxLength: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maxLength));

/** A text in both languages; lengths in UTF-16 units. */
export const Words = (zh: number, en: number) => v.strictObject({ zh: Line(zh), en: Line(en) });
export interface Words {
  zh: string;
  en: string;
}
