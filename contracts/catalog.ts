import * as v from 'valibot';
import {
  Count,
  DueAt,
  Id,
  InputText,
  PageInput,
  PageNumber,
  PageSize,
  RequiredText,
  Timestamp,
} from './fields';

/** Longest search text, in UTF-16 units. */
export const MAX_SEARCH_TEXT = 200;
/** Longest text a scan may bring, in UTF-16 units: a QR code holds at most 4,296 characters. */
export const MAX_SCAN_TEXT = 4_296;

/** A coded name: `code` is stable and for machines, `name` is what the library calls it. */
export const Named = v.object({ code: v.string(), name: v.string() });
export type Named = v.InferOutput<typeof Named>;

/** A title (bibliographic record) as a line of a list. */
export const BibSummary = v.object({
  bibId: Id,
  title: v.string(),
  author: v.string(),
  publisher: v.optional(v.string()),
  year: v.optional(v.pipe(v.number(), v.integer())),
  isbn13: v.optional(v.string()),
  callNumber: v.optional(v.string()),
  /** Absent, as the three below, when the library's system does not tell in a list. */
  availableCopies: v.optional(Count),
  totalCopies: v.optional(Count),
  /** When the first copy is due back; present when copies are out and none is available. */
  earliestDueAt: v.optional(DueAt),
  /** Where a reader can take it now: names of branches with an available copy. */
  availableAt: v.optional(v.array(v.string())),
  /** Main class of the Chinese Library Classification, one letter A–Z, where known. */
  clc: v.optional(v.string()),
});
export type BibSummary = v.InferOutput<typeof BibSummary>;

/** A title with all that is said about it. */
export const Bib = v.object({
  ...BibSummary.entries,
  subtitle: v.optional(v.string()),
  edition: v.optional(v.string()),
  /** ISO 639-1 code. */
  language: v.optional(v.string()),
  subjects: v.array(v.string()),
});
export type Bib = v.InferOutput<typeof Bib>;

export const ITEM_STATUSES = [
  'available',
  'onLoan',
  'onHoldShelf',
  'inTransit',
  'referenceOnly',
  'processing',
  'missing',
  'unknown',
] as const;

/** One copy of a title. */
export const Item = v.object({
  itemId: Id,
  barcode: v.string(),
  branch: Named,
  /** The room or collection within the branch. */
  location: Named,
  callNumber: v.optional(v.string()),
  /** Where on the shelves, in the library's words, e.g. "3 架 B 面 4 层". */
  shelf: v.optional(v.string()),
  status: v.picklist(ITEM_STATUSES),
  /** The library's own words for the status, where it has some. */
  statusText: v.optional(v.string()),
  dueAt: v.optional(DueAt),
});
export type Item = v.InferOutput<typeof Item>;
export type ItemStatus = Item['status'];

/** All copies of a title, as the library system said at `asOf`. */
export const Holdings = v.object({ bibId: Id, asOf: Timestamp, items: v.array(Item) });
export type Holdings = v.InferOutput<typeof Holdings>;

export const SEARCH_FIELDS = ['any', 'title', 'author', 'subject', 'isbn', 'callNumber'] as const;
export const SEARCH_SORTS = ['relevance', 'newest', 'mostBorrowed'] as const;

const Year = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9999));
const Codes = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(32))), v.maxLength(50));

export const SearchFilters = v.object({
  /** Only titles with a copy on the shelf; with `branches`: on the shelf there. */
  availableNow: v.optional(v.boolean()),
  /** Branch codes; a title counts if one of its copies belongs to one of them. */
  branches: v.optional(Codes),
  /** ISO 639-1 codes. */
  languages: v.optional(Codes),
  /** Years of publication, both ends included. */
  years: v.optional(v.object({ from: v.optional(Year), to: v.optional(Year) })),
});

export const SearchInput = v.object({
  field: v.optional(v.picklist(SEARCH_FIELDS), 'any'),
  text: RequiredText(MAX_SEARCH_TEXT),
  sort: v.optional(v.picklist(SEARCH_SORTS), 'relevance'),
  page: v.optional(PageNumber, 1),
  pageSize: v.optional(PageSize, 20),
  filters: v.optional(SearchFilters, {}),
});
export type SearchInput = v.InferOutput<typeof SearchInput>;
export type SearchField = SearchInput['field'];
export type SearchSort = SearchInput['sort'];

export const SEARCH_FILTERS = ['availableNow', 'branches', 'languages', 'years'] as const;
export type SearchFilter = (typeof SEARCH_FILTERS)[number];
/** What a catalogue's search understands; pages offer nothing else. */
export const SearchAbilities = v.object({
  fields: v.array(v.picklist(SEARCH_FIELDS)),
  sorts: v.array(v.picklist(SEARCH_SORTS)),
  filters: v.array(v.picklist(SEARCH_FILTERS)),
});
export type SearchAbilities = v.InferOutput<typeof SearchAbilities>;

const FacetValue = v.object({ code: v.string(), name: v.string(), count: Count });

/** Counts over the whole result (not the page), each computed without its own filter. */
export const SearchFacets = v.object({
  availableNow: Count,
  branches: v.array(FacetValue),
  languages: v.array(FacetValue),
  /** Decades; `code` is the first year. */
  years: v.array(FacetValue),
});

export const BibPage = v.object({ items: v.array(BibSummary), total: Count, page: PageNumber });
export type BibPage = v.InferOutput<typeof BibPage>;

/** Without `facets` where the library's system counts nothing. */
export const SearchOutput = v.object({ ...BibPage.entries, facets: v.optional(SearchFacets) });
export type SearchOutput = v.InferOutput<typeof SearchOutput>;

export const SuggestInput = v.object({ text: RequiredText(MAX_SEARCH_TEXT) });
export const SuggestOutput = v.object({ suggestions: v.array(v.string()) });

export const BibIdInput = v.object({ bibId: Id });

/** Other titles around one: other editions of the work, more by the author, neighbours on the shelf. */
export const RelatedBibs = v.object({
  editions: v.array(BibSummary),
  sameAuthor: v.array(BibSummary),
  nearby: v.array(BibSummary),
});
export type RelatedBibs = v.InferOutput<typeof RelatedBibs>;

export const ScanInput = v.object({ text: InputText(MAX_SCAN_TEXT) });

/** Why a scanned text names no book of this library. */
export const UNKNOWN_SCAN_REASONS = [
  'empty',
  'web-address',
  'not-a-book-barcode',
  'bad-check-digit',
  'no-such-item',
  'not-a-barcode',
] as const;

/**
 * What was scanned. `unknown-isbn` is a well-formed ISBN that the library does
 * not hold, with what the number itself tells (ISBN Users' Manual, 7th edition, section 4).
 */
export const ScanOutput = v.variant('kind', [
  v.object({ kind: v.literal('bib'), bib: Bib }),
  v.object({ kind: v.literal('item'), item: Item, bib: Bib }),
  v.object({
    kind: v.literal('unknown-isbn'),
    isbn13: v.string(),
    /** With hyphens, where the ranges are known. */
    formatted: v.string(),
    /** Registration group: a language area, country or region, in English as the ISBN agency names it. */
    area: v.optional(v.string()),
    publisher: v.optional(v.string()),
  }),
  v.object({ kind: v.literal('unknown'), text: v.string(), reason: v.picklist(UNKNOWN_SCAN_REASONS) }),
]);
export type ScanOutput = v.InferOutput<typeof ScanOutput>;
export type UnknownScanReason = (typeof UNKNOWN_SCAN_REASONS)[number];

export { PageInput };
