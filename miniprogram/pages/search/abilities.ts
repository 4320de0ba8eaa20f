import type { SearchField, SearchFilter, SearchSort } from '../../../contracts/catalog';
import type { Texts } from '../../i18n/index';
import { lacks, type Library } from '../../services/library';
import { searchPlaceholder } from '../../services/search-placeholder';
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
  placeholder: string;
  introHint: string;
}

const DECADES = 6;

/** As long as nobody has told what the search understands, everything is offered. */
export function offers(library: Library | undefined, texts: Texts): Offers {
  const { fields, sorts, search: t } = texts;
  const abilities = library?.search;
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
    placeholder: searchPlaceholder(library, texts),
    // Pinyin is understood by the searches that suggest while one types, and by no other.
    introHint: lacks('catalog.suggest') ? t.introHintPlain : t.introHint,
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
