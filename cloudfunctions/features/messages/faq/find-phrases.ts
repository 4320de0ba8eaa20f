import { tidy } from './normalise';
import { splitUnits, type Unit } from './units';

interface Node {
  next: Map<Unit, Node>;
  meaning?: string;
}

/** Words and phrases by their units, for finding them in a text without looking at each. */
export interface Phrases {
  /** The meanings found from left to right, the longest phrase first at each place; none overlaps another. */
  find: (units: readonly Unit[]) => string[];
  /** The same when nothing but such phrases stands in the text, otherwise nothing. */
  cover: (units: readonly Unit[]) => string[] | undefined;
}

/** Words of one meaning, with the name of the meaning. */
export type PhraseGroup = readonly [meaning: string, words: readonly string[]];

/** Of a word that stands in two groups the first group holds. */
export function makePhrases(groups: readonly PhraseGroup[]): Phrases {
  const root: Node = { next: new Map() };
  for (const [meaning, words] of groups) {
    for (const word of words) addPhrase(root, splitUnits(tidy(word)), meaning);
  }
  return {
    find: (units) => walk(root, units).meanings,
    cover: (units) => {
      const { meanings, skipped } = walk(root, units);
      return skipped === 0 ? meanings : undefined;
    },
  };
}

function addPhrase(root: Node, units: readonly Unit[], meaning: string): void {
  let node = root;
  for (const unit of units) {
    const known = node.next.get(unit) ?? { next: new Map() };
    node.next.set(unit, known);
    node = known;
  }
  if (node !== root) node.meaning ??= meaning;
}

function walk(root: Node, units: readonly Unit[]): { meanings: string[]; skipped: number } {
  const meanings: string[] = [];
  let skipped = 0;
  for (let at = 0; at < units.length;) {
    const { meaning, length } = longestAt(root, units, at);
    if (meaning === undefined) skipped++;
    else meanings.push(meaning);
    at += length;
  }
  return { meanings, skipped };
}

function longestAt(root: Node, units: readonly Unit[], at: number): { meaning?: string; length: number } {
  let best: { meaning?: string; length: number } = { length: 1 };
  let node: Node | undefined = root;
  for (let end = at; node !== undefined && end < units.length; end++) {
    node = node.next.get(units[end]!);
    if (node?.meaning !== undefined) best = { meaning: node.meaning, length: end + 1 - at };
  }
  return best;
}
