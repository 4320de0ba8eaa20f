import * as v from 'valibot';
import { ReportLoan } from '../../contracts/report/loan';
import type { Report } from '../../contracts/report/report';
import { command, table } from '../cloud/database';
import type { Sealer } from '../runtime/sealed';
import { openSealed } from './open-sealed';

const COLLECTION = 'report_loans';
const IMPORTS = 'report_imports';
const PURPOSE = `${COLLECTION}.loans`;
/** A page of the database stays below 1 MB; a sealed text is a third longer than what it holds. Bytes. */
const PIECE_BYTES = 300_000;
const PAGE_BYTES = 700_000;
/** Documents of which only the heads are looked at, at a time. */
const HEADS = 500;
const AT_ONCE = 8;
const DAY = 86_400_000;
/** Of whom nobody knows yet whether they opt in. */
const KEPT_BEFORE_COUNT = 60 * DAY;

export type Source = Report['source'];

/** Some loans of one reader. Times in ms. */
interface LoansDocument {
  /** season, patron, source or import, part and piece, joined by colons: all of a reader lie beside each other. */
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

interface Kept {
  season: string;
  patron: string;
  source: Source;
  /** Of an import: which one and which part of it. */
  import?: { id: string; part: number };
  readerType?: string;
  from?: string;
  loans: readonly ReportLoan[];
}

/**
 * Keeps loans of a reader; the same again takes the place of what was there.
 * @param until when they go, ms from now
 */
export async function keepLoans(
  sealer: Sealer,
  kept: readonly Kept[],
  now: number,
  until: number = KEPT_BEFORE_COUNT,
): Promise<void> {
  const documents = kept.flatMap((one) => describe(sealer, one, now, now + until));
  await inTurns(documents, (document) => table<LoansDocument>(COLLECTION).put(document));
}

function describe(sealer: Sealer, kept: Kept, gatheredAt: number, expiresAt: number): LoansDocument[] {
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

/** Takes away what came from another source than an import, before it is gathered anew. */
export const forgetGathered = (season: string, patron: string): Promise<number> =>
  table(COLLECTION).removeWhere({ season, patron, source: command().in(['library', 'seen']) });

/** What there is of some readers: an import, where the one that counts tells of them, else what was gathered. */
export async function findLoans(
  sealer: Sealer,
  season: string,
  patrons: readonly string[],
  importId: string | undefined,
): Promise<Map<string, GatheredLoans>> {
  const heads = await readHeads({ season, patron: command().in(patrons) });
  return readWhole(sealer, heads, importId);
}

/** Which of some readers an import tells of. */
export async function findImported(
  season: string,
  patrons: readonly string[],
  importId: string,
): Promise<Set<string>> {
  const heads = await readHeads({ season, patron: command().in(patrons), import: importId });
  return new Set(heads.map(({ patron }) => patron));
}

export interface LoansPage {
  readers: GatheredLoans[];
  /** Where the next page begins; absent after the last one. */
  next?: string;
}

/** Reader after reader in the order of their keys, each once with all loans. @param after `next` of the page before */
export async function readLoansPage(
  sealer: Sealer,
  season: string,
  after: string | undefined,
  importId: string | undefined,
): Promise<LoansPage> {
  const heads = await readHeads({ season }, after);
  if (heads.length === 0) return { readers: [] };
  const whole = heads.length < HEADS ? heads : withoutLastReader(heads);
  // one reader alone who fills the page: all of theirs
  const chosen = whole.length > 0 ? whole : await readHeads({ season, patron: heads[0]!.patron });
  const found = await readWhole(sealer, chosen, importId);
  const next = heads.length < HEADS ? undefined : chosen.at(-1)!._id;
  return { readers: [...found.values()], ...(next !== undefined && { next }) };
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

async function readWhole(
  sealer: Sealer,
  heads: readonly Head[],
  importId: string | undefined,
): Promise<Map<string, GatheredLoans>> {
  const imported = new Set(heads.filter((one) => isOf(one, importId)).map(({ patron }) => patron));
  const wanted = heads.filter((one) =>
    imported.has(one.patron) ? isOf(one, importId) : one.source !== 'import',
  );
  const readers = new Map<string, GatheredLoans>();
  const pages = await inTurns(inPages(wanted), (ids) =>
    table<LoansDocument>(COLLECTION).findAll({ _id: command().in(ids) }),
  );
  const byId = new Map(pages.flat().map((document) => [document._id, document]));
  for (const { _id, patron } of wanted) {
    const document = byId.get(_id);
    // gone meanwhile: whoever opted out is not counted
    if (!document) continue;
    const opened = openSealed(sealer, v.array(ReportLoan), document.loans, { owner: _id, purpose: PURPOSE });
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
  return readers;
}

const isOf = ({ source, import: id }: Head, importId: string | undefined): boolean =>
  source === 'import' && importId !== undefined && id === importId;

function inPages(heads: readonly Head[]): string[][] {
  const pages: string[][] = [[]];
  let size = 0;
  for (const head of heads) {
    if (pages.at(-1)!.length > 0 && (size + head.size > PAGE_BYTES || pages.at(-1)!.length === 500)) {
      pages.push([]);
      size = 0;
    }
    pages.at(-1)!.push(head._id);
    size += head.size;
  }
  return pages.filter((page) => page.length > 0);
}

async function inTurns<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < all.length; i += AT_ONCE)
    results.push(...(await Promise.all(all.slice(i, i + AT_ONCE).map(work))));
  return results;
}

interface PartDocument {
  /** season, import and part, joined by colons. */
  _id: string;
  season: string;
  import: string;
  part: number;
  loans: number;
  expiresAt: number;
}

/** That a part of an import has been taken in whole. */
export async function keepPart(
  season: string,
  importId: string,
  part: number,
  loans: number,
  now: number,
): Promise<void> {
  const _id = `${season}:${importId}:${part}`;
  const document = { _id, season, import: importId, part, loans, expiresAt: now + KEPT_BEFORE_COUNT };
  await table<PartDocument>(IMPORTS).put(document);
}

/** Parts that have been taken in, by number. */
export async function findParts(
  season: string,
  importId: string,
): Promise<{ part: number; loans: number }[]> {
  const parts: { part: number; loans: number }[] = [];
  for (let after: string | undefined; ;) {
    const page = await table<PartDocument>(IMPORTS).findPage({
      where: { season, import: importId },
      ...{ by: '_id', after, limit: 1_000, fields: ['part', 'loans'] },
    });
    parts.push(...page.map(({ part, loans }) => ({ part: part!, loans: loans! })));
    if (page.length < 1_000) return parts.sort((a, b) => a.part - b.part);
    after = page.at(-1)!._id;
  }
}

/** Takes away what other imports have left of a year. */
export async function forgetOtherImports(season: string, importId: string): Promise<void> {
  const { neq } = command();
  await table(COLLECTION).removeWhere({ season, source: 'import', import: neq(importId) });
  await table(IMPORTS).removeWhere({ season, import: neq(importId) });
}
