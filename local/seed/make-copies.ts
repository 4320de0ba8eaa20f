import type { Random } from '../../library-systems/demo/random';

/** One copy: barcode, branch code, room code, date of acquisition, and why it is not lent, if it is not. */
export type SeedCopy = [barcode: string, branch: string, room: string, acquired: string, kind?: 'reference'];

const DAY_MS = 86_400_000;
/** The last acquisition of the seed; later ones would be books from the future in recordings. */
const LAST_ACQUISITION = Date.UTC(2026, 10, 13);

/**
 * Gives out barcodes as libraries that grew over decades have them: nine digits
 * (newer stock), 13-digit accession numbers that begin with the year, 14 digits
 * in the medical branch, a letter and eight digits for gifts (Code 39).
 */
export class Barcodes {
  #next = 0;

  take(branch: string, acquired: string, random: Random): string {
    const serial = (this.#next += random.int(1, 7));
    const digits = (length: number): string => String(serial).padStart(length, '0');
    const year = Number(acquired.slice(0, 4));
    if (branch === 'MED') return `31042${digits(9)}`;
    if (random.next() < 0.04) return `Z${digits(8)}`;
    return year < 2014 ? `${year}1${digits(8)}` : `10${digits(7)}`;
  }
}

/** Invents the copies of a title. @param loans loans of the title in the last year */
export function makeCopies(
  book: { callNumber: string; year?: number; language: string; loans: number },
  barcodes: Barcodes,
  random: Random,
): SeedCopy[] {
  const count = Math.min(
    6,
    1 + Math.floor(random.next() * 2.2) + (book.loans > 25 ? 2 : 0) + (book.loans > 60 ? 1 : 0),
  );
  const clc = book.callNumber.charAt(0);
  const copies: SeedCopy[] = [];
  for (let i = 0; i < count; i++) {
    const branch = pickBranch(clc, i, random);
    const acquired = pickDate(book.year, random);
    const reference = count > 2 && i === 0 && random.next() < 0.25;
    const room = reference ? `${branch}-REF` : pickRoom(branch, clc, book.language);
    const copy: SeedCopy = [barcodes.take(branch, acquired, random), branch, room, acquired];
    if (reference) copy.push('reference');
    copies.push(copy);
  }
  return copies;
}

function pickBranch(clc: string, index: number, random: Random): string {
  if (clc === 'R' || clc === 'Q') return index % 2 === 0 ? 'MED' : 'MAIN';
  if (index === 0) return random.next() < 0.85 ? 'MAIN' : 'EAST';
  return random.next() < 0.5 ? 'EAST' : random.next() < 0.12 ? 'MED' : 'MAIN';
}

/** Rooms by subject; the codes are those of the demo library. */
function pickRoom(branch: string, clc: string, language: string): string {
  if (branch === 'MED') return 'RQ'.includes(clc) ? 'MED-STACK' : 'MED-READ';
  if (branch === 'EAST') return 'NOPQRSTUVX'.includes(clc) ? 'EAST-SCI' : 'EAST-HUM';
  if (language !== 'zh') return 'MAIN-FOREIGN';
  if ('NOPQRSTUVX'.includes(clc)) return 'MAIN-SCI';
  return 'IJH'.includes(clc) ? 'MAIN-LIT' : 'MAIN-SOC';
}

function pickDate(year: number | undefined, random: Random): string {
  const earliest = Date.UTC(Math.max(year ?? 2008, 2003), 2, 1);
  const latest = Math.min(earliest + 900 * DAY_MS, LAST_ACQUISITION);
  const day = earliest + Math.floor(random.next() * Math.max(1, (latest - earliest) / DAY_MS)) * DAY_MS;
  return new Date(Math.min(day, LAST_ACQUISITION)).toISOString().slice(0, 10);
}
