/** A query as an independent reader of its language sees it. */
export type Parsed =
  | { op: 'and' | 'or'; parts: [Parsed, Parsed] }
  | { index: string; relation: string; term: string; truncated: boolean };

/**
 * Reads CQL 1.2 as its grammar says (http://www.loc.gov/standards/sru/cql/contextSets/theCqlContextSet.html and
 * cql-bnf.txt), as far as searches go: scoped clauses, `and`, `or`, `not`, `prox`, quoted and bare words, escapes.
 * @throws at anything else, and at anything left over
 */
export function parseCql(text: string): Parsed {
  const tokens = [...text.matchAll(/\s+|"((?:[^"\\]|\\.)*)"|(<=|>=|<>|==|[=<>()/])|([^\s"=<>()/]+)|(.)/gsu)]
    .filter(([token]) => token.trim() !== '')
    .map(([token, quoted, sign, word, wrong]) => {
      if (wrong !== undefined) throw new Error(`no token: ${wrong}`);
      return { token, quoted, sign, word };
    });
  let at = 0;
  const peek = () => tokens[at];
  const clause = (): Parsed => {
    const first = tokens[at++];
    if (first?.sign === '(') {
      const inner = scoped();
      if (tokens[at++]?.sign !== ')') throw new Error('no )');
      return inner;
    }
    if (first?.word === undefined) throw new Error('no index');
    let relation = tokens[at++]?.sign ?? '';
    if (!/^(=|<=|>=)$/.test(relation)) throw new Error(`no relation: ${relation}`);
    while (peek()?.sign === '/') {
      at += 1;
      relation += `/${tokens[at++]?.word ?? ''}`;
    }
    const term = tokens[at++];
    const raw = term?.quoted ?? term?.word;
    if (raw === undefined) throw new Error('no term');
    const masked = raw.replace(/\\./gsu, '');
    const truncated = /^[^*?^]*\*$/.test(masked) && raw.endsWith('*');
    if (!truncated && /[*?^]/.test(masked)) throw new Error('a mask');
    const plain = (truncated ? raw.slice(0, -1) : raw).replace(/\\(.)/gsu, '$1');
    return { index: first.word, relation, term: plain, truncated };
  };
  const scoped = (): Parsed => {
    let left = clause();
    for (;;) {
      const word = peek()?.word?.toLowerCase();
      if (word === undefined) return left;
      if (word !== 'and' && word !== 'or') throw new Error(`no operator: ${word}`);
      at += 1;
      left = { op: word, parts: [left, clause()] };
    }
  };
  const parsed = scoped();
  if (at !== tokens.length) throw new Error('something is left over');
  return parsed;
}

/**
 * Reads YAZ's prefix queries (https://software.indexdata.com/yaz/doc/tools.html#PQF) as far as searches go.
 * @throws at anything else, and at anything left over
 */
export function parsePqf(text: string): Parsed {
  const tokens = [...text.matchAll(/\s+|"((?:[^"\\]|\\.)*)"|([^\s"]+)|(.)/gsu)].filter(
    ([token]) => token.trim() !== '',
  );
  let at = 0;
  const next = (): Parsed => {
    const [token, quoted] = tokens[at++] ?? [];
    if (token === '@and' || token === '@or') {
      return { op: token.slice(1) as 'and' | 'or', parts: [next(), next()] };
    }
    if (token === '@attr') {
      const attribute = tokens[at++]?.[0] ?? '';
      if (!/^[1-9]=[\w-]+$/.test(attribute)) throw new Error(`no attribute: ${attribute}`);
      const inner = next();
      if ('op' in inner) throw new Error('an attribute of an operator');
      if (attribute === '5=1') return { ...inner, truncated: true };
      if (attribute === '2=2' || attribute === '2=4') {
        return { ...inner, relation: attribute === '2=2' ? '<=' : '>=' };
      }
      return { ...inner, index: [attribute, inner.index].filter((each) => each !== '').join(' ') };
    }
    if (quoted === undefined) throw new Error(`no term: ${token ?? 'the end'}`);
    return { index: '', relation: '=', term: quoted.replace(/\\(.)/gsu, '$1'), truncated: false };
  };
  const parsed = next();
  if (at !== tokens.length) throw new Error('something is left over');
  return parsed;
}
