import * as v from 'valibot';
import { ReportLoan } from '../../contracts/report/loan';
import { mapLimited } from '../../library-systems/map-limited';
import { command, table } from '../cloud/database';
import type { Sealer } from '../runtime/sealed';
import { openSealed } from './open-sealed';
import { COLLECTION, PURPOSE, type LoansDocument, type Source } from './report-loans';

/** A page of the database stays below 1 MB. Bytes. */
const PAGE_BYTES = 700_000;
/** What is opened at a time; it takes some times as much memory. Bytes. */
const GROUP_BYTES = 6_000_000;
/** Documents of which only the heads are looked at, at a time. */
const HEADS = 500;
const AT_ONCE = 8;

type Head = Pick<LoansDocument, '_id' | 'patron' | 'source' | 'import' | 'size' | 'count'>;

/** All loans of a reader from one source. */
export interface GatheredLoans {
  patron: string;
  source: Source;
  readerType?: string;
  readerTypeName?: string;
  from?: string;
  gatheredAt: number;
  /** Absent where a piece of them does not open any more: it is as if all had expired, for a part tells wrong numbers. */
  loans?: ReportLoan[];
}

/** What there is of some readers, so many at a time as the memory takes. @param imports see importsOf */
export async function* findLoans(
  sealer: Sealer,
  season: string,
  patrons: readonly string[],
  imports: readonly string[],
): AsyncGenerator<GatheredLoans[]> {
  const heads = chooseSources(await readHeads({ season, patron: command().in(patrons) }), imports);
  for (const group of inGroups(heads)) yield readWhole(sealer, group);
}

/** Which of some readers the imports tell of. @param imports see importsOf */
export async function findImported(
  season: string,
  patrons: readonly string[],
  imports: readonly string[],
): Promise<Set<string>> {
  if (imports.length === 0) return new Set();
  const heads = await readHeads({ season, patron: command().in(patrons), import: command().in(imports) });
  return new Set(heads.map(({ patron }) => patron));
}

export interface LoansPage {
  readers: GatheredLoans[];
  /** Where the next page begins; absent after the last one. */
  next?: string;
}

/**
 * Reader after reader in the order of their keys, each once with all loans.
 * @param after `next` of the page before
 * @param imports see importsOf
 */
export async function readLoansPage(
  sealer: Sealer,
  season: string,
  after: string | undefined,
  imports: readonly string[],
): Promise<LoansPage> {
  const heads = await readHeads({ season }, after);
  if (heads.length === 0) return { readers: [] };
  const isLast = heads.length < HEADS;
  const whole = isLast ? heads : withoutLastReader(heads);
  // one reader alone who fills the page: all of theirs
  const known = whole.length > 0 ? whole : await readHeads({ season, patron: heads[0]!.patron });
  const [page, more] = inGroups(known);
  const readers = await readWhole(sealer, chooseSources(page!, imports));
  const next = isLast && !more ? undefined : page!.at(-1)!._id;
  return { readers, ...(next !== undefined && { next }) };
}

/** Readers with loans here, in the order of their keys: who they are, without their loans. */
export async function listPatrons(
  season: string,
  after: string | undefined,
): Promise<{ patrons: string[]; next?: string }> {
  const heads = await readHeads({ season }, after);
  const next = heads.length < HEADS ? undefined : heads.at(-1)!._id;
  return { patrons: [...new Set(heads.map(({ patron }) => patron))], ...(next !== undefined && { next }) };
}

async function readHeads(where: Record<string, unknown>, after?: string): Promise<Head[]> {
  const fields = ['patron', 'source', 'import', 'size', 'count'];
  const heads: Head[] = [];
  for (let from = after; ; from = heads.at(-1)!._id) {
    const page = (await table<LoansDocument>(COLLECTION).findPage({
      ...{ where, by: '_id', after: from, limit: HEADS, fields },
    })) as Head[];
    heads.push(...page);
    // of a year one page is asked for, of some readers all
    if (page.length < HEADS || !('patron' in where)) return heads;
  }
}

function withoutLastReader(heads: readonly Head[]): Head[] {
  const last = heads.at(-1)!.patron;
  return heads.filter(({ patron }) => patron !== last);
}

/** Of each reader one source: what the library told, else the import that counts most, else what was seen here. */
function chooseSources(heads: readonly Head[], imports: readonly string[]): Head[] {
  const rank = ({ source, import: id = '' }: Head): number => {
    if (source === 'library') return -1;
    if (source === 'seen') return imports.length;
    const place = imports.indexOf(id);
    // one that is not whole, or that another took the place of
    return place < 0 ? Infinity : place;
  };
  const best = new Map<string, number>();
  for (const head of heads) best.set(head.patron, Math.min(best.get(head.patron) ?? Infinity, rank(head)));
  return heads.filter((head) => rank(head) < Infinity && rank(head) === best.get(head.patron));
}

/** In groups that fit into the memory, each reader in one of them; at least one group. */
function inGroups(heads: readonly Head[]): Head[][] {
  const groups: Head[][] = [[]];
  let size = 0;
  for (const [i, head] of heads.entries()) {
    if (size > GROUP_BYTES && head.patron !== heads[i - 1]!.patron) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)!.push(head);
    size += head.size;
  }
  return groups;
}

async function readWhole(sealer: Sealer, heads: readonly Head[]): Promise<GatheredLoans[]> {
  const readers = new Map<string, GatheredLoans>();
  const closed = new Set<string>();
  const pages = await mapLimited(inPages(heads), AT_ONCE, (ids) =>
    table<LoansDocument>(COLLECTION).findAll({ _id: command().in(ids) }),
  );
  const byId = new Map(pages.flat().map((document) => [document._id, document]));
  for (const { _id, patron } of heads) {
    const document = byId.get(_id);
    // gone meanwhile: whoever opted out is not counted
    if (!document) continue;
    const opened = openSealed(sealer, Loans, document.loans, { owner: _id, purpose: PURPOSE });
    if (!opened) closed.add(patron);
    const reader = readers.get(patron);
    if (reader) for (const loan of opened ?? []) reader.loans!.push(loan);
    else {
      const { source, readerType, readerTypeName, from, gatheredAt } = document;
      readers.set(patron, {
        ...{ patron, source, gatheredAt, loans: opened ?? [] },
        ...(readerType !== undefined && { readerType }),
        ...(readerTypeName !== undefined && { readerTypeName }),
        ...(from !== undefined && { from }),
      });
    }
  }
  for (const patron of closed) delete readers.get(patron)!.loans;
  return [...readers.values()];
}

const Loans = v.array(ReportLoan);

function inPages(heads: readonly Head[]): string[][] {
  const pages: string[][] = [[]];
  let size = 0;
  for (const head of heads) {
    const page = pages.at(-1)!;
    if (page.length > 0 && (size + head.size > PAGE_BYTES || page.length === HEADS)) {
      pages.push([]);
      size = 0;
    }
    pages.at(-1)!.push(head._id);
    size += head.size;
  }
  return pages.filter((page) => page.length > 0);
}
