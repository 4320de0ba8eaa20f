import type { ReportLoan } from '../../contracts/report/loan';
import type { Report } from '../../contracts/report/report';
import { mapLimited } from '../../library-systems/map-limited';
import { command, table } from '../cloud/database';
import type { Tables } from '../cloud/transaction';
import type { Sealer } from '../runtime/sealed';

export const COLLECTION = 'report_loans';
export const PURPOSE = `${COLLECTION}.loans`;
/** A page of the database stays below 1 MB; a sealed text is a third longer than what it holds. Bytes. */
const PIECE_BYTES = 300_000;
const AT_ONCE = 8;
/** Loans of whom nobody knows yet whether they opt in. In ms. */
export const KEPT_BEFORE_COUNT = 60 * 86_400_000;

export type Source = Report['source'];

/** Some loans of one reader. Times in ms. */
export interface LoansDocument {
  /** season, patron, source or import and part, and piece, joined by colons: all of a reader lie beside each other. */
  _id: string;
  season: string;
  patron: string;
  source: Source;
  import?: string;
  readerType?: string;
  /** What the library calls the type: an import may name it so. */
  readerTypeName?: string;
  count: number;
  size: number;
  piece: number;
  /** The first day from which the history is complete, `YYYY-MM-DD`. */
  from?: string;
  gatheredAt: number;
  loans: string;
  expiresAt: number;
}

export interface KeptLoans {
  season: string;
  patron: string;
  source: Source;
  /** Of an import: which one and which part of it. */
  import?: { id: string; part: number };
  readerType?: string;
  /** What the library calls the type: an import may name it so. */
  readerTypeName?: string;
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
  const { season, patron, source, readerType, readerTypeName, from } = kept;
  const key = `${season}:${patron}:${kept.import ? `${kept.import.id}.${kept.import.part}` : source}`;
  return cut(kept.loans).map((loans, piece) => {
    const _id = `${key}:${piece}`;
    const sealed = sealer.seal(loans, { owner: _id, purpose: PURPOSE });
    return {
      ...{ _id, season, patron, source, count: loans.length, size: sealed.length, piece },
      ...(kept.import && { import: kept.import.id }),
      ...(readerType !== undefined && { readerType }),
      ...(readerTypeName !== undefined && { readerTypeName }),
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

export const removeLoansOf = (season: string, patrons: readonly string[]): Promise<number> =>
  table(COLLECTION).removeWhere({ season, patron: command().in(patrons) });

/** Takes away what one import tells of them. */
export const removeImportedOf = (
  season: string,
  importId: string,
  patrons: readonly string[],
): Promise<number> =>
  table(COLLECTION).removeWhere({ season, import: importId, patron: command().in(patrons) });

/** An import for late readers holds only what readers have opted in for: it stays as long as their reports. */
export const keepImported = (season: string, importId: string, expiresAt: number): Promise<number> =>
  table(COLLECTION).updateWhere({ season, import: importId }, { expiresAt });

/** Loans of readers who have opted in stay as long as their reports. */
export const keepLoansOf = (season: string, patrons: readonly string[], expiresAt: number): Promise<number> =>
  table(COLLECTION).updateWhere({ season, patron: command().in(patrons) }, { expiresAt });

/** Takes away what all other imports have left of a year, those that never became whole among them. */
export const forgetOtherImports = (season: string, imports: readonly string[]): Promise<number> =>
  table(COLLECTION).removeWhere({ season, source: 'import', import: command().nin(imports) });
