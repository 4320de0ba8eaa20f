import type { MatchSet } from './match-set';
import type { IndexRecord } from './record';

export interface IndexFilters {
  availableNow?: boolean | undefined;
  branches?: readonly string[] | undefined;
  languages?: readonly string[] | undefined;
  years?: { from?: number | undefined; to?: number | undefined } | undefined;
}

export interface Count {
  code: string;
  count: number;
}

export interface IndexFacets {
  availableNow: number;
  branches: Count[];
  languages: Count[];
  /** Decades; `code` is the first year. */
  years: Count[];
}

/** Branches are bits of one number. */
const MAX_BRANCHES = 31;
const NO_YEAR = -1;

/** What titles are narrowed down by; availability changes, the rest does not. */
export class Filters {
  readonly #branches = new Map<string, number>();
  readonly #owned: Uint32Array;
  readonly #available: Uint32Array;
  readonly #languages: string[] = [];
  readonly #language: Int32Array;
  readonly #year: Int32Array;

  constructor(records: readonly IndexRecord[]) {
    this.#owned = new Uint32Array(records.length);
    this.#available = new Uint32Array(records.length);
    this.#language = new Int32Array(records.length).fill(-1);
    this.#year = new Int32Array(records.length).fill(NO_YEAR);
    const languages = new Map<string, number>();
    records.forEach(({ branches, language, year }, doc) => {
      this.#owned[doc] = branches.reduce((bits, code) => bits | this.#bit(code), 0);
      if (year !== undefined) this.#year[doc] = year;
      if (language === undefined) return;
      let number = languages.get(language);
      if (number === undefined) {
        languages.set(language, (number = languages.size));
        this.#languages.push(language);
      }
      this.#language[doc] = number;
    });
  }

  #bit(code: string): number {
    const known = this.#branches.get(code);
    if (known !== undefined) return known;
    if (this.#branches.size === MAX_BRANCHES)
      throw new RangeError(`The index takes at most ${MAX_BRANCHES} branches`);
    const bit = 1 << this.#branches.size;
    this.#branches.set(code, bit);
    return bit;
  }

  /** Says where a copy of the title can be taken now; branches that own none are added. */
  setAvailable(doc: number, branches: readonly string[]): void {
    const bits = branches.reduce((sum, code) => sum | this.#bit(code), 0);
    this.#available[doc] = bits;
    this.#owned[doc]! |= bits;
  }

  /** The matches that pass, and the counts over all matches, each without its own filter. */
  apply(matches: MatchSet, filters: IndexFilters): { docs: number[]; facets: IndexFacets } {
    const wanted = filters.branches?.length
      ? filters.branches.reduce((bits, code) => bits | (this.#branches.get(code) ?? 0), 0)
      : ~0;
    const languages = filters.languages?.length
      ? new Set(filters.languages.map((code) => this.#languages.indexOf(code)))
      : undefined;
    const { from, to } = filters.years ?? {};
    const bounded = from !== undefined || to !== undefined;

    const docs: number[] = [];
    const byBranch = new Array<number>(this.#branches.size).fill(0);
    const byLanguage = new Array<number>(this.#languages.length).fill(0);
    const byDecade = new Map<number, number>();
    let availableNow = 0;
    for (const doc of matches.docs) {
      const available = this.#available[doc]!;
      const owned = this.#owned[doc]!;
      const language = this.#language[doc]!;
      const year = this.#year[doc]!;
      const here =
        ((filters.availableNow ? available : owned) & wanted) !== 0 ||
        (!filters.availableNow && wanted === ~0);
      const inLanguage = !languages || (language >= 0 && languages.has(language));
      const inYears = !bounded || (year !== NO_YEAR && year >= (from ?? 0) && year <= (to ?? 9999));
      if (inLanguage && inYears) {
        if ((available & wanted) !== 0) availableNow++;
        const there = filters.availableNow ? available : owned;
        for (let b = 0; b < byBranch.length; b++) if (there & (1 << b)) byBranch[b]!++;
      }
      if (!here) continue;
      if (inYears && language >= 0) byLanguage[language]!++;
      if (inLanguage && year !== NO_YEAR) {
        const decade = year - (year % 10);
        byDecade.set(decade, (byDecade.get(decade) ?? 0) + 1);
      }
      if (inLanguage && inYears) docs.push(doc);
    }
    const branches = [...this.#branches.keys()].map((code, b) => ({ code, count: byBranch[b]! }));
    const languageCounts = this.#languages.map((code, n) => ({ code, count: byLanguage[n]! }));
    const years = [...byDecade]
      .sort(([a], [b]) => b - a)
      .map(([decade, count]) => ({ code: String(decade), count }));
    return {
      docs,
      facets: { availableNow, branches: most(branches), languages: most(languageCounts), years },
    };
  }
}

const most = (counts: Count[]): Count[] =>
  counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
