import * as fc from 'fast-check';

/** Small worlds, so that queries meet documents often. */
const FIELDS = ['a', 'b', 'c'] as const;

export const scalar = fc.oneof(
  fc.integer({ min: -3, max: 5 }),
  fc.constantFrom(0.5, 2.5),
  fc.constantFrom('', 'x', 'xy', 'y', 'é'),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(new Date(0), new Date(86_400_000)),
);

export const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...FIELDS), tie('value'), { maxKeys: 2, noNullPrototype: true }),
  ),
})).value;

export const document: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(
  fc.constantFrom(...FIELDS),
  value,
  {
    maxKeys: 3,
    noNullPrototype: true,
  },
);

export const path = fc.constantFrom('a', 'b', 'c', 'a.b', 'b.a', 'a.0', 'a.1', 'a.0.b', 'b.c.a', 'c.0.0');

const comparison = fc.oneof(
  fc.tuple(fc.constantFrom('$eq', '$ne'), value),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), scalar),
);

const condition: fc.Arbitrary<[string, unknown]> = fc.oneof(
  comparison,
  fc.tuple(fc.constantFrom('$in', '$nin', '$all'), fc.array(value, { maxLength: 3 })),
  fc.tuple(fc.constant('$exists'), fc.boolean()),
  fc.tuple(fc.constant('$size'), fc.nat(3)),
  fc.tuple(fc.constant('$mod'), fc.tuple(fc.constantFrom(2, 3), fc.nat(2))),
  fc.tuple(
    fc.constant('$type'),
    fc.constantFrom('number', 'string', 'bool', 'null', 'date', 'array', 'object'),
  ),
  fc.tuple(fc.constant('$regex'), fc.constantFrom('x', 'y', 'xy')),
);

const fieldQuery = fc.oneof(
  fc.tuple(path, value).filter(([, literal]) => !isOperators(literal)),
  fc.tuple(
    path,
    condition.map(([operator, operand]) => ({ [operator]: operand })),
  ),
  fc.tuple(
    path,
    fc.tuple(condition, condition).map(([x, y]) => Object.fromEntries([x, y])),
  ),
  fc.tuple(
    path,
    condition.map(([operator, operand]) => ({ $not: { [operator]: operand } })),
  ),
  fc.tuple(
    path,
    comparison.map(([operator, operand]) => ({ $elemMatch: { [operator]: operand } })),
  ),
  fc.tuple(
    path,
    fc.tuple(path, value).map(([inner, literal]) => ({ $elemMatch: { [inner]: literal } })),
  ),
);

const isOperators = (literal: unknown): boolean =>
  typeof literal === 'object' && literal !== null && Object.keys(literal).some((key) => key.startsWith('$'));

export const query: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{ query: Record<string, unknown> }>(
  (tie) => ({
    query: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fieldQuery.map(([key, it]) => ({ [key]: it })),
      fc.tuple(fieldQuery, fieldQuery).map((both) => Object.fromEntries(both)),
      fc
        .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(tie('query'), { minLength: 1, maxLength: 3 }))
        .map(([operator, parts]) => ({ [operator]: parts })),
    ),
  }),
).query;
