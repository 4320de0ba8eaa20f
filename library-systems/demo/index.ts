import type { BibSummary, SearchInput, SearchOutput } from '../../contracts/catalog';
import { CatalogIndex } from '../catalog-index';
import type { IndexRecord } from '../catalog-index';
import type { LibrarySystem } from '../library-system';
import { openCirculation } from './circulation';
import type { SignInOptions } from './circulation';
import type { Counter } from './circulation/counter';
import type { ExportedReader } from './circulation/export-loans';
import { describePolicy } from './circulation/describe-policy';
import { Collection } from './collection';
import { localDate } from './local-date';
import { openingHours } from './opening-hours';
import { BRANCHES, DEMO_NAME, DEMO_TIME_ZONE } from './places';
import { readCatalog } from './read-catalog';
import type { SeedBib } from './read-catalog';
import { readState, writeState } from './state';

export interface DemoOptions {
  /** JSON lines, gzipped; see local/seed/catalog. */
  catalogFile: string;
  /** Where the library keeps what must survive; made when it is not there. */
  dataDir: string;
  clock: { now(): number };
  /** By number and PIN, and trusted afterwards, if left out. */
  signIn?: Partial<SignInOptions>;
}

export interface DemoLibrary extends LibrarySystem {
  readonly counter: Counter;
  /** All loans that it knows of, as a library's staff take them out of its system. */
  readonly exportLoans: () => Iterable<ExportedReader>;
  /** Makes what searching needs, which takes a second; otherwise whoever searches first waits for it. */
  prepare(): void;
  /** Back to the first day: everything is lent anew, relative to the clock's now. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a library without a library system: real titles, invented copies, readers and loans. */
export async function openDemoLibrary(options: DemoOptions): Promise<DemoLibrary> {
  const { catalogFile, dataDir, clock } = options;
  const signIn: SignInOptions = { methods: ['pin'], afterBinding: 'trusted-terminal', ...options.signIn };
  const bibs = await readCatalog(catalogFile);
  let indexed: CatalogIndex | undefined;
  const begin = async (since: number): Promise<number> => {
    await writeState(dataDir, { version: 1, lendingSince: new Date(since).toISOString() });
    return since;
  };
  const state = await readState(dataDir);
  const lendingSince = state ? Date.parse(state.lendingSince) : await begin(clock.now());
  let collection = new Collection(bibs, lendingSince);
  let firstDay = localDate(lendingSince);
  const circulation = await openCirculation({
    collection,
    dataDir,
    clock,
    lendingSince,
    signIn,
    changed: (bibId) => {
      if (indexed) tellAvailable(indexed, bibId);
    },
  });

  const tellAvailable = (index: CatalogIndex, bibId: string): void =>
    index.setAvailable(
      bibId,
      collection.availableBranches(bibId).map(({ code }) => code),
    );
  const titles = (): CatalogIndex => {
    if (!indexed) {
      indexed = new CatalogIndex(bibs.map(toRecord));
      for (const { bibId } of bibs) tellAvailable(indexed, bibId);
    }
    return indexed;
  };

  /** The catalogue as it stands now: books come back while nobody asks. */
  const current = (): Collection => {
    circulation.passTime();
    return collection;
  };

  /** The last reset: two at once would take the draft of the state away from under each other. */
  let resetting: Promise<void> = Promise.resolve();

  const summaries = (ids: readonly string[]): BibSummary[] =>
    ids.flatMap((id) => current().summary(id, clock.now()) ?? []);

  return {
    name: DEMO_NAME,
    branches: BRANCHES,
    timeZone: DEMO_TIME_ZONE,
    afterBinding: signIn.afterBinding,
    signIn: circulation.signIn,
    patrons: circulation.patrons,
    loans: circulation.loans,
    holds: circulation.holds,
    fines: circulation.fines,
    counter: circulation.counter,
    exportLoans: () => {
      circulation.passTime();
      return circulation.exportLoans();
    },
    catalog: {
      search: async (query) => {
        circulation.passTime();
        return toOutput(query, titles().search(query), summaries);
      },
      suggest: async (text) => titles().suggest(text),
      bib: async (bibId) => current().bib(bibId, clock.now()),
      holdings: async (bibId) => {
        const items = current().items(bibId);
        return items && { bibId, asOf: new Date(clock.now()).toISOString(), items };
      },
      related: async (bibId) => {
        const related = titles().related(bibId);
        return (
          related && {
            editions: summaries(related.editions),
            sameAuthor: summaries(related.sameAuthor),
            nearby: summaries(related.nearby),
          }
        );
      },
      itemByBarcode: async (barcode) => current().itemByBarcode(barcode),
      newBooks: async ({ page, pageSize }) => ({
        items: summaries(titles().newest(page, pageSize)),
        total: bibs.length,
        page,
      }),
      mostBorrowed: async ({ page, pageSize }) => ({
        items: summaries(titles().mostBorrowed(page, pageSize)),
        total: bibs.length,
        page,
      }),
    },
    policy: {
      openingHours: async (branchCode, from, to) => openingHours(branchCode, from, to),
      loanRules: async () => describePolicy(),
    },
    prepare: () => void titles(),
    reset: () => {
      resetting = resetting
        .catch(() => undefined)
        .then(async () => {
          const since = clock.now();
          if (localDate(since) !== firstDay) collection = new Collection(bibs, since);
          firstDay = localDate(since);
          // In this order: after a crash in between it is the old first day, with nothing since.
          await circulation.reset(collection, since);
          await begin(since);
        });
      return resetting;
    },
    close: () => circulation.close(),
  };
}

function toRecord(bib: SeedBib): IndexRecord {
  return {
    id: bib.bibId,
    title: bib.title,
    ...(bib.subtitle !== undefined && { subtitle: bib.subtitle }),
    authors: bib.author.split(/[，,]\s*/),
    ...(bib.publisher !== undefined && { publisher: bib.publisher }),
    subjects: bib.subjects,
    ...(bib.year !== undefined && { year: bib.year }),
    language: bib.language,
    isbns: [bib.isbn13],
    callNumbers: [bib.callNumber],
    branches: [...new Set(bib.items.map(([, branch]) => branch))],
    addedAt: Math.max(...bib.items.map(([, , , acquired]) => Date.parse(acquired))),
    loans: bib.loans,
  };
}

const languageNames = new Intl.DisplayNames(['zh-CN'], { type: 'language' });

function toOutput(
  { page }: SearchInput,
  { ids, total, facets }: ReturnType<CatalogIndex['search']>,
  summaries: (ids: readonly string[]) => BibSummary[],
): SearchOutput {
  const named = (values: readonly { code: string; count: number }[], name: (code: string) => string) =>
    values.map(({ code, count }) => ({ code, name: name(code), count }));
  return {
    items: summaries(ids),
    total,
    page,
    facets: {
      availableNow: facets.availableNow,
      branches: named(
        facets.branches,
        (code) => BRANCHES.find((branch) => branch.code === code)?.name ?? code,
      ),
      languages: named(facets.languages, (code) => languageNames.of(code) ?? code),
      years: named(facets.years, (code) => `${code}–${Number(code) + 9}`),
    },
  };
}
