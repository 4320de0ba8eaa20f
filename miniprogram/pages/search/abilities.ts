import type { SearchAbilities, SearchField, SearchFilter, SearchSort } from '../../../contracts/catalog';
import type { Texts } from '../../i18n/index';
import type { Library } from '../../services/library';
import type { FilterOptions } from './filters';

export interface Choice<K extends string> {
  key: K;
  name: string;
}

/** What the page offers of what the library's search understands. */
export interface Offers {
  fields: Choice<SearchField>[];
  sorts: Choice<SearchSort>[];
  /** Kinds of filter; none takes the button away */
  filterKinds: SearchFilter[];
  availableOffered: boolean;
}

const DECADES = 6;

/** As long as nobody has told what the search understands, everything is offered. */
export function offers(abilities: SearchAbilities | undefined, { fields, sorts }: Texts): Offers {
  const known = <K extends string>(names: Record<K, string>, keys: readonly K[] | undefined): Choice<K>[] =>
    (Object.keys(names) as K[])
      .filter((key) => keys === undefined || keys.includes(key))
      .map((key) => ({ key, name: names[key] }));
  const filterKinds = abilities?.filters ?? ['availableNow', 'branches', 'languages', 'years'];
  return {
    fields: known(fields, abilities?.fields),
    sorts: known(sorts, abilities?.sorts),
    filterKinds,
    availableOffered: filterKinds.includes('availableNow'),
  };
}

/** Filters to choose from where the library's system counts nothing: all that it knows, without numbers. */
export function uncountedOptions(library: Library | undefined, t: Texts['search'], now: Date): FilterOptions {
  const kinds = library?.search?.filters ?? [];
  const decade = Math.floor(now.getFullYear() / 10) * 10;
  const years = Array.from({ length: DECADES }, (_, i) => String(decade - i * 10));
  return {
    branches: kinds.includes('branches') ? (library?.library.branches ?? []) : [],
    languages: kinds.includes('languages')
      ? Object.entries(t.languageNames).map(([code, name]) => ({ code, name }))
      : [],
    years: kinds.includes('years')
      ? years.map((year) => ({ code: year, name: t.decade.replace('{year}', year) }))
      : [],
  };
}
