import type { SearchOutput } from '../../../contracts/catalog';
import { fill, type Texts } from '../../i18n/index';

/** What the reader chose; `decade` is the first year of one, or nothing. */
export interface Filters {
  availableNow: boolean;
  branches: string[];
  languages: string[];
  decade: number | null;
}

export interface FilterOption {
  code: string;
  name: string;
  /** Absent where the library's system counts nothing */
  count?: number;
}

export interface FilterOptions {
  branches: FilterOption[];
  languages: FilterOption[];
  years: FilterOption[];
}

export const NO_FILTERS: Filters = { availableNow: false, branches: [], languages: [], decade: null };

/** How many kinds of filter are in force. */
export function countFilters({ availableNow, branches, languages, decade }: Filters): number {
  return [availableNow, branches.length > 0, languages.length > 0, decade !== null].filter(Boolean).length;
}

/** As the contract takes them: what is not chosen is left out. */
export function filtersInput({ availableNow, branches, languages, decade }: Filters) {
  return {
    ...(availableNow ? { availableNow } : {}),
    ...(branches.length > 0 ? { branches } : {}),
    ...(languages.length > 0 ? { languages } : {}),
    ...(decade === null ? {} : { years: { from: decade, to: decade + 9 } }),
  };
}

export function filterOptions(
  facets: NonNullable<SearchOutput['facets']>,
  t: Texts['search'],
): FilterOptions {
  const years = facets.years.map((year) => ({ ...year, name: fill(t.decade, { year: year.code }) }));
  const names = new Map(Object.entries(t.languageNames));
  const languages = facets.languages.map((each) => ({ ...each, name: names.get(each.code) ?? each.name }));
  return { branches: facets.branches, languages, years };
}

/** The list with `code` put in, or taken out if it was there. */
export function toggle(codes: readonly string[], code: string): string[] {
  return codes.includes(code) ? codes.filter((other) => other !== code) : [...codes, code];
}
