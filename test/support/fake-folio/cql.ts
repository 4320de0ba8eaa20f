/** A query that FOLIO refuses. */
export class InvalidCql extends Error {}

type Token = { kind: 'word' | 'text' | 'sign'; text: string };

/** Relation, then `(`, `)`; a bare word runs up to any of them. */
function tokens(query: string): Token[] {
  const found: Token[] = [];
  const pattern = /\s*(?:"((?:[^"\\]|\\[^])*)"|(==|>=|<=|=|\(|\))|([^\s"=()<>]+))/y;
  let at = 0;
  while (at < query.trimEnd().length) {
    pattern.lastIndex = at;
    const match = pattern.exec(query);
    if (!match) throw new InvalidCql(`at ${at}`);
    const [, text, sign, word] = match;
    if (text !== undefined) found.push({ kind: 'text', text });
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign });
    else found.push({ kind: 'word', text: word! });
    at = pattern.lastIndex;
  }
  return found;
}

/** A term as the database compares it: `*` and `?` stand for others unless they are escaped. */
function termPattern(term: string): string {
  return term.replace(
    /\\([^])|([*?])|([.+^${}()|[\]/])/g,
    (_, escaped: string, wild: string, special: string) => {
      if (escaped !== undefined) return escaped.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      return wild === '*' ? '[^]*' : wild === '?' ? '[^]' : `\\${special}`;
    },
  );
}

export type Values = Record<string, (string | boolean | undefined)[]>;

/**
 * The part of CQL that FOLIO's modules answer, on values by their indexes; an unknown index is refused.
 * `==` compares whole values, `=` and `all` look for (all) words in them.
 */
export function parseCql(query: string): { matches(values: Values): boolean; sort: string[] } {
  const list = tokens(query);
  let at = 0;
  const take = (): Token => {
    const token = list[at++];
    if (!token) throw new InvalidCql('it ends too early');
    return token;
  };
  const conditions: ((values: Values) => boolean)[] = [];
  const sort: string[] = [];
  do {
    const index = take();
    const relation = take();
    if (index.kind !== 'word') throw new InvalidCql('no index');
    const terms: string[] = [];
    const first = take();
    if (first.text === '(' && first.kind === 'sign') {
      for (;;) {
        terms.push(take().text);
        const next = take();
        if (next.kind === 'sign' && next.text === ')') break;
        if (next.kind !== 'word' || next.text !== 'or') throw new InvalidCql('or');
      }
    } else terms.push(first.text);
    const all = index.text === 'cql.allRecords';
    if (!['==', '=', 'all'].includes(relation.text)) throw new InvalidCql(relation.text);
    // For each term patterns that must all be found.
    const patterns = terms.map((term) =>
      relation.text === '=='
        ? [new RegExp(`^${termPattern(term)}$`, 'iu')]
        : term.split(/\s+/).map((word) => new RegExp(termPattern(word), 'iu')),
    );
    conditions.push((values) => {
      if (all) return true;
      if (!Object.hasOwn(values, index.text)) throw new InvalidCql(`index ${index.text}`);
      const held = values[index.text]!.map((value) => String(value ?? ''));
      return patterns.some((words) => words.every((word) => held.some((value) => word.test(value))));
    });
    const next = list[at];
    if (next?.kind === 'word' && next.text === 'sortby') {
      sort.push(...list.slice(at + 1).map(({ text }) => text));
      break;
    }
  } while (at < list.length && take().text === 'and');
  return { matches: (values) => conditions.every((condition) => condition(values)), sort };
}
