import type { FaqEntry } from '../../../../contracts/faq';
import { makePhrases } from './find-phrases';
import { tidy } from './normalise';
import { OTHERS_BUSINESS } from './others-business';
import { splitUnits, type Unit } from './units';

/** How many words of a question are other offices' business and strange to the entry as well. */
export type CountForeignWords = (units: readonly Unit[], entry: FaqEntry) => number;

/** An entry that says such a word itself, as "may I take photos at my graduation" does, is not made less likely by it. */
export function findForeignWords(entries: readonly FaqEntry[]): CountForeignWords {
  const words = makePhrases(OTHERS_BUSINESS.map((word) => [word, [word]]));
  const own = new Map(
    entries.map(({ id, question, variants, keywords }) => {
      const texts = [question.zh, question.en, ...variants.zh, ...variants.en, ...keywords];
      return [id, new Set(texts.flatMap((text) => words.find(splitUnits(tidy(text)))))];
    }),
  );
  return (units, { id }) => words.find(units).filter((word) => own.get(id)?.has(word) !== true).length;
}
