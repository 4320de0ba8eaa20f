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
}

/**
 * @param groups words of one meaning each, with the name of the meaning first; of a word that stands in two groups the
 * first holds
 */
export function makePhrases(groups: readonly (readonly [meaning: string, words: readonly string[]])[]): Phrases {
  const root: Node = { next: new Map() };
  for (const [meaning, words] of groups) {
    for (const word of words) {
      let node = root;
      for (const unit of splitUnits(tidy(word))) {
        const known = node.next.get(unit) ?? { next: new Map() };
        node.next.set(unit, known);
        node = known;
      }
      if (node !== root) node.meaning ??= meaning;
    }
  }
  return { find: (units) => findAll(root, units) };
}

function findAll(root: Node, units: readonly Unit[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < units.length;) {
    const { meaning, length } = longestAt(root, units, at);
    if (meaning !== undefined) found.push(meaning);
    at += length;
  }
  return found;
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
