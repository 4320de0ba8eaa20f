import type * as v from 'valibot';
import {
  Bib,
  BibIdInput,
  BibPage,
  Holdings,
  PageInput,
  RelatedBibs,
  ScanInput,
  ScanOutput,
  SearchInput,
  SearchOutput,
  SuggestInput,
  SuggestOutput,
} from './catalog';
import { NoInput } from './fields';
import { CapabilitiesOutput, HoursOutput } from './library';

/** What any WeChat user with an identity may ask of the `reader` function: action → what it takes, what it answers. */
export const readerApi = {
  'system.capabilities': { input: NoInput, output: CapabilitiesOutput },
  'library.hours': { input: NoInput, output: HoursOutput },
  'catalog.search': { input: SearchInput, output: SearchOutput },
  'catalog.suggest': { input: SuggestInput, output: SuggestOutput },
  'catalog.bib': { input: BibIdInput, output: Bib },
  'catalog.holdings': { input: BibIdInput, output: Holdings },
  'catalog.related': { input: BibIdInput, output: RelatedBibs },
  'catalog.newBooks': { input: PageInput, output: BibPage },
  'catalog.mostBorrowed': { input: PageInput, output: BibPage },
  'catalog.scan': { input: ScanInput, output: ScanOutput },
} as const;

export type ReaderApi = typeof readerApi;
export type ReaderAction = keyof ReaderApi;
/** What a client may send: fields with defaults may be left out. */
export type ReaderInput<A extends ReaderAction> = v.InferInput<ReaderApi[A]['input']>;
export type ReaderOutput<A extends ReaderAction> = v.InferOutput<ReaderApi[A]['output']>;
