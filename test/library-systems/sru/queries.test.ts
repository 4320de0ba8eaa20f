import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { SearchInput } from '../../../contracts/catalog';
import { ConfigurationError } from '../../../library-systems/configuration-error';
import { write } from '../../../library-systems/sru/ask';
import { textOfId, toId } from '../../../library-systems/text-ids';
import { buildQuery } from '../../../library-systems/sru/build-query';
import type { Query } from '../../../library-systems/sru/query';
import { isbnForms } from '../../../library-systems/isbn-forms';
import { wordsOf } from '../../../library-systems/sru/search-terms';
import { writeCql } from '../../../library-systems/sru/write-cql';
import { writePqf } from '../../../library-systems/sru/write-pqf';
import { SruConfig } from '../../../library-systems/sru';
import { Id } from '../../../contracts/fields';
import { parseCql, parsePqf } from './parse-queries';
import type { Parsed } from './parse-queries';
import { CQL, PQF, configOf, connect } from './support';
import type { Given } from './support';

const written = (
  input: v.InferInput<typeof SearchInput>,
  given: Given = { queries: CQL },
): string | undefined => {
  const config = configOf('http://127.0.0.1/x', given);
  const query = buildQuery(config, v.parse(SearchInput, input));
  return query && write(config, query).query;
};

/** What a reader of the language must find again. */
function meant(query: Query): Parsed {
  if (query.kind === 'term') {
    const [index, ...modifiers] = query.index.split('/');
    return {
      index: index!,
      relation: [query.relation, ...modifiers].join('/'),
      term: query.term.replace(/[\p{Cc}\p{Cs}\ufffd]/gu, ' ').trim(),
      truncated: query.prefix ?? false,
    };
  }
  if (query.kind === 'all') throw new Error('not asked here');
  const { kind } = query;
  return query.parts.map(meant).reduce((left, right) => ({ op: kind, parts: [left, right] }));
}

/** Text that tries to get out of its quotes. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '\\',
        '*',
        '?',
        '^',
        ' or ',
        ' and ',
        ' not ',
        '(',
        ')',
        '=',
        '/',
        '@or ',
        '@attr 1=4 ',
        '\n',
        'a',
        '东',
        '\\"',
        '\\\\',
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
);
const { query: queries } = fc.letrec<{ query: Query; term: Query; tree: Query }>((tie) => ({
  query: fc.oneof({ maxDepth: 3, depthSize: 'small' }, tie('term'), tie('tree')),
  term: fc.record({
    kind: fc.constant('term' as const),
    index: fc.constantFrom('dc.title', 'dc.date', 'cql.serverChoice'),
    relation: fc.constantFrom('=' as const, '>=' as const, '<=' as const),
    term: nasty,
    prefix: fc.boolean(),
  }),
  tree: fc.record({
    kind: fc.constantFrom('and' as const, 'or' as const),
    parts: fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
  }),
}));

describe('queries', () => {
  it('say in CQL what is meant, one term a clause, whatever was typed', () => {
    fc.assert(
      fc.property(queries, (query) => expect(parseCql(writeCql(query))).toEqual(meant(query))),
      { numRuns: 5_000 },
    );
  });

  it('say the same in PQF', () => {
    const inPqf = (query: Query): Query =>
      query.kind === 'term'
        ? { ...query, index: query.index === 'dc.date' ? '1=31 4=109' : '1=4' }
        : query.kind === 'all'
          ? query
          : { ...query, parts: query.parts.map(inPqf) };
    fc.assert(
      fc.property(queries.map(inPqf), (query) => expect(parsePqf(writePqf(query))).toEqual(meant(query))),
      { numRuns: 5_000 },
    );
  });

  it('ask for every word, and for years, branches and languages where there is an index', () => {
    expect(
      written({
        text: '数据  算法',
        field: 'title',
        filters: { languages: ['zh', 'en'], branches: ['MAIN'], years: { from: 2000, to: 2010 } },
      }),
    ).toBe(
      'dc.title = "数据" and dc.title = "算法" and dc.branch = "MAIN" and (dc.language = "chi" or dc.language = "eng") and ' +
        'dc.date >=/numeric "2000" and dc.date <=/numeric "2010"',
    );
    expect(written({ text: '三体', filters: { years: { to: 2010 } } }, { queries: PQF })).toBe(
      '@and @attr 1=any "三体" @attr 1=31 @attr 4=109 @attr 2=2 "2010"',
    );
  });

  it('ask for an ISBN in all its forms, and for the beginning of a call number', () => {
    expect(isbnForms('ISBN 7-5366-9293-5')).toEqual([
      '9787536692930',
      '7536692935',
      '978-7-5366-9293-0',
      '7-5366-9293-5',
    ]);
    expect(isbnForms('979-10-90636-07-1')).toEqual(['9791090636071', '979-10-90636-07-1']);
    expect(written({ field: 'callNumber', text: 'TP3*' })).toBe('dc.callNumber = "TP3\\**"');
  });

  it('ask for both Chinese scripts where the server does not fold them', () => {
    expect(written({ text: '红楼梦 abc' }, { queries: CQL, bothScripts: true })).toBe(
      '(cql.serverChoice = "红楼梦" or cql.serverChoice = "紅樓夢") and cql.serverChoice = "abc"',
    );
    expect(written({ text: '史記' }, { queries: CQL, bothScripts: true })).toContain('"史记"');
  });

  it('ask for nothing where no word was typed', () => {
    expect(written({ text: '——《》' })).toBeUndefined();
    expect(wordsOf('《C++》，程序 C++')).toEqual(['C++', '程序']);
  });

  it('sort in the way that the server knows', () => {
    const sorted = (queries_: Given['queries']): unknown =>
      write(configOf('http://127.0.0.1/x', { queries: queries_ }), { kind: 'all' }, 'newest');
    expect(sorted({ ...CQL, sort: { by: 'sortKeys', newest: 'date,,0' } })).toEqual({
      parameter: 'query',
      query: 'cql.allRecords = 1',
      sortKeys: 'date,,0',
    });
    expect(sorted({ ...CQL, sort: { by: 'sortBy', newest: 'dc.date/sort.descending' } })).toEqual({
      parameter: 'query',
      query: 'cql.allRecords = 1 sortBy dc.date/sort.descending',
    });
    expect(sorted(PQF)).toEqual({
      parameter: 'x-pquery',
      query: '@or @attr 1=_ALLRECORDS @attr 2=103 "" @attr 7=2 @attr 1=31 0',
    });
  });
});

describe('ids', () => {
  it('hold every number of a record and give it back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), (number) => {
        const id = toId(number);
        if (id === undefined) return expect(Buffer.byteLength(number)).toBeGreaterThan(45);
        expect(v.is(Id, id)).toBe(true);
        expect(textOfId(id)).toBe(number);
      }),
    );
    expect(toId('990002180740203961')).toBe('990002180740203961');
    expect(toId('x'.repeat(65))).toBeUndefined();
  });

  it('that no number has are known for that', () => {
    for (const id of ['~', '~!', '~YQ==', `~${Buffer.from('plain').toString('base64url')}`, 'a b']) {
      expect(textOfId(id)).toBeUndefined();
    }
  });
});

describe('the configuration of SRU', () => {
  const minimal = {
    kind: 'sru',
    name: 'x',
    branches: [{ code: 'A', name: 'A' }],
    url: 'http://127.0.0.1:9/x',
  };
  const issues = (given: object): string[] => {
    const parsed = v.safeParse(SruConfig, { ...minimal, ...given });
    return parsed.success ? [] : parsed.issues.map((issue) => v.getDotPath(issue) ?? '');
  };

  it('needs little, and takes what Koha calls its indexes', () => {
    expect(v.parse(SruConfig, minimal)).toMatchObject({
      version: '1.1',
      recordSchema: 'marcxml',
      queries: { language: 'cql', indexes: { isbn: 'bath.isbn', id: 'rec.id' } },
      marc: { format: 'marc21' },
      items: 'koha',
    });
  });

  it('lets nothing into a query that is no name of an index', () => {
    const indexes = { any: 'a', id: 'b' };
    for (const title of ['dc.title = x or y', 'a b', '1=4', '"']) {
      expect(issues({ queries: { language: 'cql', indexes: { ...indexes, title } } })).not.toEqual([]);
    }
    for (const title of ['dc.title', '1=4 @or', '1=4 5', '@attr 1=4']) {
      expect(
        issues({ queries: { language: 'pqf', indexes: { any: '1=1016', id: '1=12', title } } }),
      ).not.toEqual([]);
    }
    expect(issues({ marc: { format: 'marc21', callNumber: ['905'] } })).not.toEqual([]);
    expect(issues({ items: { tag: '952' } })).not.toEqual([]);
    expect(issues({ url: 'opac' })).not.toEqual([]);
  });

  it('needs an address that ends with the database', async () => {
    await expect(connect('http://127.0.0.1:9/x?db=1')).rejects.toThrow(ConfigurationError);
    await expect(connect('ftp://127.0.0.1/x')).rejects.toThrow(ConfigurationError);
  });
});
