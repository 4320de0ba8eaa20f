import type { Collection, Copy } from '../collection';
import { addDays, dueOn, weekday } from '../local-date';
import { DEMO_OFFSET } from '../places';
import { randomFrom } from '../random';
import type { Random } from '../random';
import { vacationOn } from '../opening-hours';
import { dueDate, isOpen, nextOpenDay } from './due-dates';
import { loanRule } from './policy';
import type { EndedLoan, Reader } from './rows';
import { neverBorrows } from './seed-readers';

const YEARS = 3;
const YEAR_DAYS = 365;
/** Of the named readers these have no past: the freshmen, and the one who only waits. */
const WITHOUT_PAST: ReadonlySet<string> = new Set(['p3', 'p19', 'p20', 'p21', 'p22']);

/** Loans of a reader in a year: measured quantiles of those who borrow at all. */
const LOANS_A_YEAR: Curve = [
  [0, 1],
  [0.25, 1],
  [0.5, 2],
  [0.75, 5],
  [0.9, 10],
  [0.99, 35],
  [1, 120],
];
const BOOKS_A_VISIT: Curve = [
  [0, 1],
  [0.35, 1],
  [0.5, 2],
  [0.9, 6],
  [1, 9],
];
/** How long books are kept: share of the loans, days. */
const LENGTHS: readonly [share: number, days: number][] = [
  [0.22, 7],
  [0.3, 14],
  [0.43, 30],
  [0.05, 150],
];
const LATE_SHARE = 0.06;
/** Gives 1.4 % of the loans to Saturdays and Sundays. */
const WEEKEND_WEIGHT = 0.0355;

type Curve = readonly (readonly [share: number, value: number])[];

/** The loans that readers had before the demo's first day, made when they are asked for, always the same. */
export class PastLoans {
  readonly #today: string;
  readonly #days: { date: string; until: number }[] = [];
  readonly #titles: { copies: Copy[]; until: number }[] = [];
  readonly #textbooks: Copy[] = [];
  readonly #known = new Map<string, EndedLoan[]>();

  /** @param today the library's date of the first day */
  constructor(collection: Collection, today: string) {
    this.#today = today;
    let weight = 0;
    for (let i = YEARS * YEAR_DAYS; i > 0; i--) {
      const date = addDays(today, -i);
      this.#days.push({ date, until: (weight += weightOf(date)) });
    }
    const byTitle = new Map<string, Copy[]>();
    for (const copy of collection.copies()) {
      if (copy.itemType === undefined) continue;
      if (copy.itemType === 'TEXTBOOK') this.#textbooks.push(copy);
      const copies = byTitle.get(copy.bib.bibId);
      if (copies) copies.push(copy);
      else byTitle.set(copy.bib.bibId, [copy]);
    }
    weight = 0;
    for (const copies of byTitle.values()) {
      this.#titles.push({ copies, until: (weight += copies[0]!.bib.loans + 0.5) });
    }
  }

  of(reader: Reader): readonly EndedLoan[] {
    let loans = this.#known.get(reader.id);
    if (!loans) this.#known.set(reader.id, (loans = this.#invent(reader)));
    return loans;
  }

  #invent(reader: Reader): EndedLoan[] {
    if (WITHOUT_PAST.has(reader.id) || neverBorrows(reader)) return [];
    const random = randomFrom(`past loans ${reader.id}`);
    const since = reader.grade === undefined ? '' : `${reader.grade.slice(0, 4)}-09-01`;
    const loans: EndedLoan[] = [];
    for (let year = 0; year < YEARS; year++) {
      const wished = valueAt(LOANS_A_YEAR, random.next());
      const from = this.#firstDayOf(year, since);
      const isNew = from > year * YEAR_DAYS;
      let again = 3;
      let left = Math.max(1, Math.round(wished * this.#shareFrom(year, from)));
      while (left > 0) {
        const date = this.#pickDay(year, from, random);
        const books = Math.min(left, Math.round(valueAt(BOOKS_A_VISIT, random.next())));
        left -= books;
        if (date < since) continue;
        for (let i = 0; i < books; i++) {
          const loan = this.#lend(reader, date, `${reader.id}-${loans.length + 1}`, random);
          if (loan) loans.push(loan);
        }
        // What a new student took may still be out; most have brought something back by now.
        if (left <= 0 && loans.length === 0 && isNew && again-- > 0) left = 1;
      }
    }
    return loans;
  }

  /** Where the days of a year begin for a reader; who came in the last year has come early in it, not before. */
  #firstDayOf(year: number, since: string): number {
    const first = year * YEAR_DAYS;
    if (year < YEARS - 1) return first;
    const enrolled = this.#days.findIndex(({ date }) => date >= since);
    return Math.max(first, enrolled < 0 ? this.#days.length - 1 : enrolled);
  }

  /** How much of a year's lending falls on its days from one on. */
  #shareFrom(year: number, from: number): number {
    const [before, began] = [this.#weightBefore(year * YEAR_DAYS), this.#weightBefore(from)];
    const until = this.#weightBefore((year + 1) * YEAR_DAYS);
    return (until - began) / (until - before);
  }

  #weightBefore(day: number): number {
    return this.#days[day - 1]?.until ?? 0;
  }

  #pickDay(year: number, from: number, random: Random): string {
    const before = this.#weightBefore(from);
    const until = this.#weightBefore((year + 1) * YEAR_DAYS);
    return find(this.#days, before + random.next() * (until - before)).date;
  }

  #lend(reader: Reader, date: string, id: string, random: Random): EndedLoan | undefined {
    const [, length] = pickShare(LENGTHS, random.next());
    const copy = length === 150 ? this.#pickTextbook(random) : this.#pickCopy(date, random);
    const branch = copy.item.branch.code;
    const { days, renewals: most, renewalDays } = loanRule(reader.type, copy.itemType ?? 'BOOK', branch);
    let due = dueDate(branch, date, days, reader.expiresAt);
    let renewals = 0;
    const wished = addDays(date, Math.max(1, length + random.int(-2, 2)));
    for (; renewals < most && due < wished; renewals++)
      due = dueDate(branch, due, renewalDays, reader.expiresAt);
    const late = random.next() < LATE_SHARE ? addDays(due, random.int(1, 9)) : undefined;
    const returned = nextOpenDay(branch, late ?? (wished > due ? due : wished));
    // What is still out on the first day is among the loans of today.
    if (returned >= this.#today) return undefined;
    return {
      id,
      reader: reader.id,
      bibId: copy.bib.bibId,
      barcode: copy.item.barcode,
      loanedAt: timeOn(date, random),
      dueAt: dueOn(due),
      returnedAt: timeOn(returned > date ? returned : addDays(date, 1), random),
      renewals,
    };
  }

  /** A copy of a branch that is open on this day; popular titles more often. */
  #pickCopy(date: string, random: Random): Copy {
    for (;;) {
      const { copies } = find(this.#titles, random.next() * this.#titles.at(-1)!.until);
      const copy = copies[random.int(0, copies.length - 1)]!;
      // The main library is open on all days that are picked, so the search ends.
      if (isOpen(copy.item.branch.code, date)) return copy;
    }
  }

  #pickTextbook(random: Random): Copy {
    return this.#textbooks[random.int(0, this.#textbooks.length - 1)] ?? this.#titles[0]!.copies[0]!;
  }
}

/** How many loans a day sees, relative to an ordinary day in term. */
function weightOf(date: string): number {
  if (!isOpen('MAIN', date)) return 0;
  const day = date.slice(5);
  const within = (from: string, to: string): boolean => day >= from && day <= to;
  const season =
    vacationOn(date) !== undefined
      ? 0.15
      : within('08-31', '09-25') || within('02-27', '03-20')
        ? 2.2
        : within('12-08', '12-31') || within('01-01', '01-08') || within('06-05', '06-30')
          ? 1.7
          : 1;
  return season * (weekday(date) > 5 ? WEEKEND_WEIGHT : 1);
}

/** The value of a curve of quantiles at a share, straight between its points. */
function valueAt(curve: Curve, share: number): number {
  const next = curve.findIndex(([at]) => at >= share);
  const [to, high] = curve[Math.max(next, 1)]!;
  const [from, low] = curve[Math.max(next, 1) - 1]!;
  return low + ((high - low) * (share - from)) / (to - from);
}

function pickShare<T extends readonly [number, unknown]>(shares: readonly T[], chance: number): T {
  let sum = 0;
  return shares.find(([share]) => chance < (sum += share)) ?? shares.at(-1)!;
}

/** The first entry whose running sum exceeds a value. */
function find<T extends { until: number }>(entries: readonly T[], value: number): T {
  let low = 0;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.until > value) high = middle;
    else low = middle + 1;
  }
  return entries[low]!;
}

function timeOn(date: string, random: Random): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(random.int(9, 20))}:${two(random.int(0, 59))}:00`;
  return new Date(`${date}T${time}${DEMO_OFFSET}`).toISOString();
}
