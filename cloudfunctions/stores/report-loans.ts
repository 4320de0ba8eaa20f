import * as v from 'valibot';
import { ReportLoan } from '../../contracts/report/loan';
import type { Report } from '../../contracts/report/report';
import { mapLimited } from '../../library-systems/map-limited';
import { command, table } from '../cloud/database';
import type { Tables } from '../cloud/transaction';
import type { Sealer } from '../runtime/sealed';
import { openSealed } from './open-sealed';

export const COLLECTION = 'report_loans';
const PURPOSE = `${COLLECTION}.loans`;
/** A page of the database stays below 1 MB; a sealed text is a third longer than what it holds. Bytes. */
const PIECE_BYTES = 300_000;
const PAGE_BYTES = 700_000;
/** What is opened at a time; it takes some times as much memory. Bytes. */
const GROUP_BYTES = 6_000_000;
/** Documents of which only the heads are looked at, at a time. */
const HEADS = 500;
const AT_ONCE = 8;
/** Loans of whom nobody knows yet whether they opt in. In ms. */
export const KEPT_BEFORE_COUNT = 60 * 86_400_000;

export type Source = Report['source'];

/** Some loans of one reader. Times in ms. */
interface LoansDocument {
  /** season, patron, source or import and part, and piece, joined by colons: all of a reader lie beside each other. */
  _id: string;
  season: string;
  patron: string;
  source: Source;
  import?: string;
  readerType?: string;
  count: number;
  size: number;
  piece: number;
  /** The first day from which the history is complete, `YYYY-MM-DD`. */
  from?: string;
  gatheredAt: number;
  loans: string;
  expiresAt: number;
}
type Head = Pick<LoansDocument, '_id' | 'patron' | 'source' | 'import' | 'size' | 'count'>;

/** All loans of a reader from one source. */
export interface GatheredLoans {
  patron: string;
  source: Source;
  readerType?: string;
  from?: string;
  gatheredAt: number;
  loans: ReportLoan[];
}

export interface KeptLoans {
  season: string;
  patron: string;
  source: Source;
  /** Of an import: which one and which part of it. */
  import?: { id: string; part: number };
  readerType?: string;
  from?: string;
  loans: readonly ReportLoan[];
}

/** Keeps loans of readers; the same again takes the place of what was there. @param until when they go, ms from now */
export async function keepLoans(
  sealer: Sealer,
  kept: readonly KeptLoans[],
  now: number,
  until: number,
): Promise<void> {
  const documents = kept.flatMap((one) => describe(sealer, one, now, now + until));
  await mapLimited(documents, AT_ONCE, (document) => table<LoansDocument>(COLLECTION).put(document));
}

/** Keeps what was gathered for a reader in place of what was gathered before, whichever source it was. */
export async function replaceGatheredIn(
  tables: Tables,
  sealer: Sealer,
  kept: KeptLoans,
  now: number,
  until: number,
): Promise<void> {
  const loans = tables<LoansDocument>(COLLECTION);
  const where = { season: kept.season, patron: kept.patron, source: command().in(['library', 'seen']) };
  for (const { _id } of await loans.findAll(where)) await loans.remove(_id);
  for (const document of describe(sealer, kept, now, now + until)) await loans.put(document);
}

function describe(sealer: Sealer, kept: KeptLoans, gatheredAt: number, expiresAt: number): LoansDocument[] {
  const { season, patron, source, readerType, from } = kept;
  const key = `${season}:${patron}:${kept.import ? `${kept.import.id}.${kept.import.part}` : source}`;
  return cut(kept.loans).map((loans, piece) => {
    const _id = `${key}:${piece}`;
    const sealed = sealer.seal(loans, { owner: _id, purpose: PURPOSE });
    return {
      ...{ _id, season, patron, source, count: loans.length, size: sealed.length, piece },
      ...(kept.import && { import: kept.import.id }),
      ...(readerType !== undefined && { readerType }),
      ...(from !== undefined && { from }),
      ...{ gatheredAt, loans: sealed, expiresAt },
    };
  });
}

/** At least one piece: that a reader has no loans is known, too. */
function cut(loans: readonly ReportLoan[]): ReportLoan[][] {
  const pieces: ReportLoan[][] = [[]];
  let size = 0;
  for (const loan of loans) {
    const bytes = Buffer.byteLength(JSON.stringify(loan));
    if (size > 0 && size + bytes > PIECE_BYTES) {
      pieces.push([]);
      size = 0;
    }
    pieces.at(-1)!.push(loan);
    size += bytes;
  }
  return pieces;
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

export const removeLoansOf = (season: string, patrons: readonly string[]): Promise<number> =>
  table(COLLECTION).removeWhere({ season, patron: command().in(patrons) });

/** Loans of readers who have opted in stay as long as their reports. */
export const keepLoansOf = (season: string, patrons: readonly string[], expiresAt: number): Promise<number> =>
  table(COLLECTION).updateWhere({ season, patron: command().in(patrons) }, { expiresAt });

/** Takes away what all other imports have left of a year, those that never became whole among them. */
export const forgetOtherImports = (season: string, imports: readonly string[]): Promise<number> =>
  table(COLLECTION).removeWhere({ season, source: 'import', import: command().nin(imports) });

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
  const pages = await mapLimited(inPages(heads), AT_ONCE, (ids) =>
    table<LoansDocument>(COLLECTION).findAll({ _id: command().in(ids) }),
  );
  const byId = new Map(pages.flat().map((document) => [document._id, document]));
  for (const { _id, patron } of heads) {
    const document = byId.get(_id);
    // gone meanwhile: whoever opted out is not counted
    if (!document) continue;
    const opened = openSealed(sealer, Loans, document.loans, { owner: _id, purpose: PURPOSE });
    if (!opened) throw new Error('loans of a year do not open any more');
    const reader = readers.get(patron);
    if (reader) for (const loan of opened) reader.loans.push(loan);
    else {
      const { source, readerType, from, gatheredAt } = document;
      readers.set(patron, {
        ...{ patron, source, gatheredAt, loans: opened },
        ...(readerType !== undefined && { readerType }),
        ...(from !== undefined && { from }),
      });
    }
  }
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
