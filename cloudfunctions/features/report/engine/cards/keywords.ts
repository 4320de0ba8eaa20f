import type { MakeCard } from '../material';
import { isSensitiveClass } from '../main-class';
import { headingsOf } from '../subject-headings';

const LEAST_WORDS = 3;
const MOST_WORDS = 12;

export const makeKeywords: MakeCard<'keywords'> = ({ facts, sensitiveKeywords }) => {
  const counts = new Map<string, { word: string; titles: number }>();
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
    const ofTitle = new Map(headings.flatMap(({ words }) => words.map((word) => [word.toLowerCase(), word])));
    for (const [key, word] of ofTitle) {
      const known = counts.get(key);
      if (!known) counts.set(key, { word, titles: 1 });
      else counts.set(key, { word: word < known.word ? word : known.word, titles: known.titles + 1 });
    }
  }
  if (titles === 0) return 'noSubjects';
  if (counts.size < LEAST_WORDS) return 'tooFew';
  const words = [...counts.values()]
    .sort((a, b) => b.titles - a.titles || (a.word < b.word ? -1 : 1))
    .slice(0, MOST_WORDS);
  return { kind: 'keywords', words, how: { titles, sensitiveTitles, sensitive: sensitiveKeywords } };
};
