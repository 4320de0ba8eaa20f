import type { MakeCard } from '../material';
import { isSensitiveClass } from '../main-class';
import { headingsOf } from '../subject-headings';

const LEAST_WORDS = 3;
const MOST_WORDS = 12;

interface Counted {
  word: string;
  titles: number;
  /** Which title it was last counted for. */
  last: number;
}

export const makeKeywords: MakeCard<'keywords'> = ({ facts, sensitiveKeywords }) => {
  const counts = new Map<string, Counted>();
  let [titles, sensitiveTitles] = [0, 0];
  for (const { first } of facts.titles.values()) {
    const { subjects, clc } = first.row;
    if (subjects === undefined || subjects.length === 0) continue;
    titles++;
    const headings = subjects.map(headingsOf);
    const sensitive = isSensitiveClass(clc) || headings.some((heading) => heading.sensitive);
    if (sensitive) sensitiveTitles++;
    // one sensitive heading silences the title: its other headings would give it away
    if (sensitive && !sensitiveKeywords) continue;
    for (const { words } of headings)
      for (const { key, word } of words) {
        const known = counts.get(key);
        if (!known) counts.set(key, { word, titles: 1, last: titles });
        else {
          if (word < known.word) known.word = word;
          if (known.last !== titles) known.titles++;
          known.last = titles;
        }
      }
  }
  if (titles === 0) return 'noSubjects';
  if (counts.size < LEAST_WORDS) return 'tooFew';
  const words = [...counts.values()]
    .map(({ word, titles: count }) => ({ word, titles: count }))
    .sort((a, b) => b.titles - a.titles || (a.word < b.word ? -1 : 1))
    .slice(0, MOST_WORDS);
  return { kind: 'keywords', words, how: { titles, sensitiveTitles, sensitive: sensitiveKeywords } };
};
