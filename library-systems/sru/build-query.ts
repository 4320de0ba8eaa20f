import type { SearchInput } from '../../contracts/catalog';
import { isbnForms } from '../isbn-forms';
import { LibraryFault } from '../library-fault';
import { marcLanguageOf } from '../marc';
import type { SruConfig } from './config';
import { and, is, or } from './query';
import type { Query } from './query';
import { bothScripts, wordsOf } from './search-terms';

/**
 * What a reader searches for; every word must be found.
 * @returns nothing for a text without a word, which no title has
 * @throws {LibraryFault} REJECTED without the index for it
 */
export function buildQuery(config: SruConfig, { field, text, filters }: SearchInput): Query | undefined {
  const words = textParts(config, field, text);
  if (words.length === 0) return undefined;
  return and([
    ...words,
    ...listPart(config, 'branch', filters.branches),
    ...listPart(
      config,
      'language',
      filters.languages?.map((code) => marcLanguageOf(code) ?? code),
    ),
    ...yearParts(config, filters.years),
  ]);
}

function textParts(config: SruConfig, field: SearchInput['field'], text: string): Query[] {
  const index = indexFor(config, field);
  if (wordsOf(text).length === 0) return [];
  if (field === 'isbn') return [or(isbnForms(text).map((form) => is(index, form)))];
  if (field === 'callNumber') {
    return [{ kind: 'term', index, relation: '=', term: text, prefix: true }];
  }
  const forms = config.bothScripts ? bothScripts : (word: string) => [word];
  return wordsOf(text).map((word) => or(forms(word).map((form) => is(index, form))));
}

function listPart(
  config: SruConfig,
  name: 'branch' | 'language',
  values: readonly string[] | undefined,
): Query[] {
  if (values === undefined || values.length === 0) return [];
  const index = indexFor(config, name);
  return [or(values.map((value) => is(index, value)))];
}

function yearParts(config: SruConfig, years: SearchInput['filters']['years']): Query[] {
  if (years === undefined || (years.from === undefined && years.to === undefined)) return [];
  const index = indexFor(config, 'year');
  const part = (relation: '>=' | '<=', year: number | undefined): Query[] =>
    year === undefined ? [] : [{ kind: 'term', index, relation, term: String(year) }];
  return [...part('>=', years.from), ...part('<=', years.to)];
}

function indexFor(config: SruConfig, name: keyof SruConfig['queries']['indexes']): string {
  const index = config.queries.indexes[name];
  if (index === undefined) throw new LibraryFault('REJECTED', `This catalogue has no index for ${name}`);
  return index;
}
