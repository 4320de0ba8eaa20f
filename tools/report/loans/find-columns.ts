import { letterOf } from '../../staff/letter-of';
import { Refused } from '../../staff/says';
import { ALIASES, FIELDS, plainHeader } from './fields';
import type { Field } from './fields';

/** Which columns are read as what. */
export interface Choice {
  /** Field by field the header that was named for it; `''`: no column is. */
  map: ReadonlyMap<Field, string>;
  /** The header of the column that tells renewals from loans. */
  renewal?: string;
}

/** Where each field stands among the headers. */
export interface Columns {
  at: ReadonlyMap<Field, number>;
  renewalAt?: number;
  headers: readonly string[];
  /** Headers that are not read. */
  unread: readonly string[];
  /** How a problem names a column, e.g. `D "due"`. */
  nameOf: (index: number) => string;
}

/** @throws {Refused} when a column that is named is not there, or it cannot be told which one a field is */
export function findColumns(headers: readonly string[], { map, renewal }: Choice): Columns {
  const at = new Map<Field, number>();
  const taken = new Map<number, Field>();
  const named = new Set(map.values());
  for (const field of FIELDS) {
    const column = map.get(field);
    const index = column === undefined ? search(headers, field, named, renewal) : indexOf(headers, column);
    if (index === undefined) continue;
    const other = taken.get(index);
    if (other !== undefined) {
      throw new Refused({
        en: `column "${headers[index] ?? ''}" is named for ${other} and for ${field}`,
        zh: `“${headers[index] ?? ''}”列既作 ${other} 又作 ${field}`,
      });
    }
    at.set(field, index);
    taken.set(index, field);
  }
  const renewalAt = renewal === undefined ? undefined : indexOf(headers, renewal);
  return {
    at,
    ...(renewalAt !== undefined && { renewalAt }),
    headers,
    unread: headers.filter((header, i) => header !== '' && !taken.has(i) && i !== renewalAt),
    nameOf: (index) => `${letterOf(index + 1)} "${headers[index] ?? ''}"`,
  };
}

/** The column of a header that was named. `undefined` for an empty name. */
function indexOf(headers: readonly string[], column: string): number | undefined {
  if (column === '') return undefined;
  const exact = placesOf(headers, (header) => header === column);
  const found =
    exact.length > 0 ? exact : placesOf(headers, (each) => plainHeader(each) === plainHeader(column));
  if (found.length === 1) return found[0];
  throw found.length === 0
    ? new Refused({
        en: `there is no column "${column}"; there are: ${headers.join(', ')}`,
        zh: `没有“${column}”列；表头有：${headers.join('、')}`,
      })
    : new Refused({
        en: `column "${column}" is there ${found.length} times`,
        zh: `“${column}”列出现了 ${found.length} 次`,
      });
}

function search(
  headers: readonly string[],
  field: Field,
  named: ReadonlySet<string>,
  renewal: string | undefined,
): number | undefined {
  const free = (header: string): boolean => !named.has(header) && header !== renewal;
  const places = ALIASES[field].map((alias) =>
    placesOf(headers, (header) => plainHeader(header) === alias && free(header)),
  );
  // A class number says the same as the beginning of a call number, and better.
  const found = field === 'clc' ? (places.find(({ length }) => length > 0) ?? []) : places.flat();
  if (found.length <= 1) return found[0];
  const which = found.map((index) => headers[index]!);
  throw new Refused({
    en: `which column is ${field}? ${which.join(', ')}: say --map ${field}=COLUMN`,
    zh: `哪一列是 ${field}？${which.join('、')}：请用 --map ${field}=列名 指明`,
  });
}

/** @throws {Refused} when nothing tells of readers, days or books */
export function requireFields({ at, headers }: Columns): void {
  const missing = [
    ...(['reader', 'loanedAt'] as const).filter((field) => !at.has(field)),
    ...(at.has('bibId') || at.has('title') ? [] : ['bibId or title']),
  ];
  if (missing.length === 0) return;
  throw new Refused({
    en: `no column for ${missing.join(', ')}; there are: ${headers.join(', ')}. Name them with --map FIELD=COLUMN`,
    zh: `没有 ${missing.join('、')} 列；表头有：${headers.join('、')}。请用 --map 字段=列名 指明`,
  });
}

const placesOf = (headers: readonly string[], is: (header: string) => boolean): number[] =>
  headers.flatMap((header, i) => (is(header) ? [i] : []));
