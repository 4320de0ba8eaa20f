import type { ReportLoan } from '../../../contracts/report/loan';
import { MAX_PART_LOANS, MAX_PART_READERS } from '../../../contracts/report/staff';
import { Refused } from '../../staff/says';
import type { StaffInput } from '../../staff/call-staff';
import type { KeptLoan } from './buckets';
import { LoanIds } from './loan-ids';

/** The reader of a part, with all loans or, where they are many, some of them. */
export type PartReader = StaffInput<'report.putLoans'>['readers'][number];

/** Most bytes of a part as it travels. */
export const MAX_PART_BYTES = 1_900_000;
/** More loans than a person borrows in a life: what is named as the reader is none. */
const MAX_READER_LOANS = 100_000;
/** Of a reader beside the loans, and of an id that a loan is given, bytes. */
const FRAME = 900;
const ID_BYTES = 50;

interface Piece {
  reader: PartReader;
  bytes: number;
}

export interface Part {
  readers: PartReader[];
  loans: number;
}

/** What there was to part. */
export interface Parted {
  readers: number;
  loans: number;
  /** Loans that were given an id here, as their row has none. */
  derivedIds: number;
  /** Loans with the id of another loan of the same reader; one of them counts. */
  repeatedIds: number;
}

export const nothingParted = (): Parted => ({ readers: 0, loans: 0, derivedIds: 0, repeatedIds: 0 });

/**
 * Puts readers together into parts. The same loans make the same parts each time: an import that was cut off goes
 * on with what is missing.
 * @param parted is counted up
 * @throws {Refused}
 */
export async function* makeParts(buckets: AsyncIterable<KeptLoan[]>, parted: Parted): AsyncGenerator<Part> {
  let part: Part = { readers: [], loans: 0 };
  let bytes = 0;
  for await (const bucket of buckets) {
    for (const piece of readersOf(bucket, parted)) {
      const isFull =
        part.readers.length === MAX_PART_READERS ||
        part.loans + piece.reader.loans.length > MAX_PART_LOANS ||
        bytes + piece.bytes > MAX_PART_BYTES;
      if (isFull) {
        yield part;
        part = { readers: [], loans: 0 };
        bytes = 0;
      }
      part.readers.push(piece.reader);
      part.loans += piece.reader.loans.length;
      bytes += piece.bytes;
    }
  }
  if (part.readers.length > 0) yield part;
}

/** Readers with their loans, in pieces where they are too many for a part. */
function* readersOf(bucket: readonly KeptLoan[], parted: Parted): Generator<Piece> {
  const byRef = new Map<string, KeptLoan[]>();
  for (const found of bucket) {
    const own = byRef.get(found.ref);
    if (own) own.push(found);
    else byRef.set(found.ref, [found]);
  }
  for (const [ref, found] of byRef) {
    if (found.length > MAX_READER_LOANS) throw tooManyLoans(found.length);
    const readerType = latestType(found);
    const loans = withIds(found, parted);
    parted.readers++;
    parted.loans += loans.length;
    const sizes = found.map(({ bytes }) => bytes + ID_BYTES);
    yield* piecesOf({ ref, ...(readerType !== undefined && { readerType }), loans }, sizes);
  }
}

/** A reader who is a student first and then staff is what the last loan says. */
function latestType(found: readonly KeptLoan[]): string | undefined {
  let latest: KeptLoan | undefined;
  for (const each of found) {
    if (each.readerType !== undefined && (each.day ?? -1) >= (latest?.day ?? -1)) latest = each;
  }
  return latest?.readerType;
}

function withIds(found: readonly KeptLoan[], parted: Parted): ReportLoan[] {
  const seen = new Set<string>();
  const ids = new LoanIds();
  return found.map((each) => {
    if (each.loan.loanId === undefined) parted.derivedIds++;
    const loanId = each.loan.loanId ?? ids.of(each);
    if (seen.has(loanId)) parted.repeatedIds++;
    seen.add(loanId);
    return { ...each.loan, loanId };
  });
}

function* piecesOf({ loans, ...reader }: PartReader, sizes: readonly number[]): Generator<Piece> {
  let piece: ReportLoan[] = [];
  let bytes = FRAME;
  for (const [i, loan] of loans.entries()) {
    if (piece.length === MAX_PART_LOANS || bytes + sizes[i]! > MAX_PART_BYTES) {
      yield { reader: { ...reader, loans: piece }, bytes };
      piece = [];
      bytes = FRAME;
    }
    piece.push(loan);
    bytes += sizes[i]!;
  }
  yield { reader: { ...reader, loans: piece }, bytes };
}

const tooManyLoans = (count: number): Refused =>
  new Refused({
    en: `one reader has ${count} loans: is that column really the reader? --map reader=COLUMN names it`,
    zh: `同一读者有 ${count} 次借阅：这一列真的是读者吗？请用 --map reader=列名 指明`,
  });
