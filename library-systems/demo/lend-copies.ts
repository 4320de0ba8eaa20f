import { createHash } from 'node:crypto';
import type { ItemStatus } from '../../contracts/catalog';
import { addDays, dueOn } from './local-date';
import type { SeedBib, SeedItem } from './read-catalog';

export interface CopyState {
  status: ItemStatus;
  dueAt?: string;
}

/** Titles with more loans a year than this are asked for all the time. */
const POPULAR = 40;
const LOAN_DAYS = 30;

const known = new Map<string, number>();

/** A number 0 ≤ n < 1 that is always the same for the same text. A library that begins anew asks for the same ones. */
function chance(text: string): number {
  let n = known.get(text);
  if (n === undefined) {
    n = createHash('sha256').update(text).digest().readUInt32LE(0) / 2 ** 32;
    known.set(text, n);
  }
  return n;
}

/**
 * In what state a copy is on the day on which the demo begins to lend: of the
 * popular titles about 35 % are out, of some every copy; most are due in the
 * next month, a few are overdue.
 * @param today the library's date of that day
 */
export function lendCopy(bib: SeedBib, [barcode, , , , kind]: SeedItem, today: string): CopyState {
  if (kind === 'reference') return { status: 'referenceOnly' };
  const popular = bib.loans > POPULAR;
  const allOut = chance(`all out ${bib.bibId}`) < (popular ? 0.1 : 0.02);
  if (allOut || chance(`out ${barcode}`) < (popular ? 0.28 : 0.12)) {
    const when = chance(`due ${barcode}`);
    const days = when < 0.06 ? -1 - Math.floor(when * 500) : 1 + Math.floor(when * LOAN_DAYS);
    return { status: 'onLoan', dueAt: dueOn(addDays(today, days)) };
  }
  const rare = chance(`rare ${barcode}`);
  if (rare < 0.012) return { status: 'inTransit' };
  if (rare < 0.027) return { status: 'onHoldShelf' };
  if (rare < 0.035) return { status: 'processing' };
  return { status: rare < 0.04 ? 'missing' : 'available' };
}
