import type { Collection, Copy } from '../collection';
import { addDays, dueOn } from '../local-date';
import { BRANCHES, DEMO_OFFSET } from '../places';
import { randomFrom } from '../random';
import { addOpenDays, nextOpenDay } from './due-dates';
import type { FirstDay } from './ledger';
import { namedReaders } from './named-readers';
import type { NamedReader, PlannedHold, PlannedLoans } from './named-readers';
import {
  EXPIRED_HOLD_SHOWN_DAYS,
  loanRule,
  PICKUP_OPEN_DAYS,
  READER_TYPES,
  TRANSIT_OPEN_DAYS,
} from './policy';
import type { FineRow, HoldRow, LoanRow, Reader } from './rows';
import { neverBorrows, seedReaders } from './seed-readers';

/** Named readers borrow titles that nobody looks at in passing, so that those keep their copies. */
const MAX_LOANS_OF_NAMED = 40;
const RANDOM = 'first day';

/** Who has borrowed and who waits on the first day: every copy that is out is with somebody. */
export function seedLedger(collection: Collection, today: string): FirstDay {
  const seeding = new Seeding(collection, today);
  for (const named of namedReaders(today)) seeding.addNamed(named);
  seeding.lendTheRest();
  seeding.setAside();
  seeding.queueUp();
  return seeding.result();
}

class Seeding {
  readonly #today: string;
  readonly #random = randomFrom(RANDOM);
  readonly #readers: Reader[];
  readonly #named: Reader[] = [];
  readonly #loans: LoanRow[] = [];
  readonly #holds: HoldRow[] = [];
  readonly #fines: FineRow[] = [];
  /** Copies by title, and those that named readers took from the shelf. */
  readonly #titles = new Map<string, Copy[]>();
  readonly #taken = new Set<string>();
  /** How many loans and holds each reader has, and of which titles. */
  readonly #loanCount = new Map<string, number>();
  readonly #holdCount = new Map<string, number>();
  readonly #titlesOf = new Map<string, Set<string>>();
  /** When the last hold of each title was placed. */
  readonly #daysAgo = new Map<string, number>();
  readonly #borrowers: Reader[];
  #next = 1_000;

  constructor(collection: Collection, today: string) {
    this.#today = today;
    this.#readers = seedReaders(today);
    this.#borrowers = this.#readers.filter((reader) => !neverBorrows(reader));
    for (const copy of collection.copies()) {
      const copies = this.#titles.get(copy.bib.bibId);
      if (copies) copies.push(copy);
      else this.#titles.set(copy.bib.bibId, [copy]);
    }
  }

  result(): FirstDay {
    return {
      readers: [...this.#named, ...this.#readers],
      loans: this.#loans,
      holds: this.#holds,
      fines: this.#fines,
    };
  }

  addNamed({ reader, loans = [], holds = [], fines = [] }: NamedReader): void {
    this.#named.push(reader);
    for (const plan of loans) this.#addPlannedLoans(reader, plan);
    for (const plan of holds) this.#addPlannedHold(reader, plan);
    for (const { daysAgo, ...fine } of fines) {
      this.#fines.push({
        id: `f${this.#next++}`,
        reader: reader.id,
        date: addDays(this.#today, -daysAgo),
        ...fine,
      });
    }
  }

  /** Gives every other copy that is out to somebody. */
  lendTheRest(): void {
    for (const copy of this.#copies()) {
      const { item, bib } = copy;
      if (item.status !== 'onLoan' || item.dueAt === undefined) continue;
      const reader = this.#pickBorrower(bib.bibId);
      const rule = loanRule(reader.type, copy.itemType ?? 'BOOK', item.branch.code);
      const planned = item.dueAt.slice(0, 10);
      const latest = addDays(this.#today, rule.days);
      const due = nextOpenDay(item.branch.code, planned > latest ? latest : planned);
      const renewals = rule.renewals > 0 && this.#random.next() < 0.25 ? 1 : 0;
      this.#lend(reader, copy, due, { renewals, returnsAt: this.#returnAfter(item.branch.code, due) });
    }
  }

  /** Whoever the copies on the hold shelves and on their way wait for. */
  setAside(): void {
    for (const { item, bib } of this.#copies()) {
      if (item.status !== 'onHoldShelf' && item.status !== 'inTransit') continue;
      const reader = this.#pickHolder(bib.bibId);
      const ready = item.status === 'onHoldShelf';
      const elsewhere = BRANCHES[this.#random.int(0, BRANCHES.length - 1)]!.code;
      const daysLeft = this.#random.int(1, PICKUP_OPEN_DAYS);
      this.#hold(reader, bib.bibId, ready ? item.branch.code : elsewhere, {
        status: ready ? 'ready' : 'inTransit',
        barcode: item.barcode,
        ...(ready
          ? { readyUntil: addOpenDays(item.branch.code, this.#today, daysLeft) }
          : {
              arrivesAt: this.#morning(
                addOpenDays(elsewhere, this.#today, this.#random.int(1, TRANSIT_OPEN_DAYS)),
              ),
            }),
      });
    }
  }

  /** Some wait for titles of which no copy is in. */
  queueUp(): void {
    for (const [bibId, copies] of this.#titles) {
      const lent = copies.filter(({ itemType }) => itemType !== undefined);
      if (lent.length === 0 || !lent.every(({ item }) => item.status === 'onLoan')) continue;
      const waiting = Math.floor(this.#random.next() * 4 - 1);
      for (let i = 0; i < waiting; i++) this.#wait(bibId, lent[0]!.item.branch.code);
    }
  }

  #copies(): Copy[] {
    return [...this.#titles.values()].flat();
  }

  #addPlannedLoans(reader: Reader, plan: PlannedLoans): void {
    const { count, itemType = 'BOOK', dueIn, wanted = false } = plan;
    for (let i = 0; i < count; i++) {
      const copy = this.#takeFromShelf(itemType, wanted);
      const [from, to] = dueIn;
      const due = addDays(this.#today, from + (i % (to - from + 1)));
      this.#lend(reader, copy, due, {
        renewals: plan.renewals ?? 0,
        ...(plan.recalled === true && { recalled: true }),
      });
      if (wanted) this.#wait(copy.bib.bibId, copy.item.branch.code);
    }
  }

  #addPlannedHold(reader: Reader, { status, before = 0 }: PlannedHold): void {
    const copy = this.#takeFromShelf('BOOK', true);
    const { bibId } = copy.bib;
    const branch = copy.item.branch.code;
    if (status === 'waiting') {
      this.#lend(this.#pickBorrower(bibId), copy, addDays(this.#today, 12), { renewals: 0 });
      for (let i = 0; i < before; i++) this.#wait(bibId, branch);
      return this.#hold(reader, bibId, branch, { status });
    }
    if (status === 'expired') {
      const readyUntil = addDays(this.#today, 2 - EXPIRED_HOLD_SHOWN_DAYS);
      return this.#hold(reader, bibId, branch, { status, barcode: copy.item.barcode, readyUntil });
    }
    this.#hold(reader, bibId, status === 'ready' ? branch : 'EAST', {
      status,
      barcode: copy.item.barcode,
      ...(status === 'ready'
        ? { readyUntil: addOpenDays(branch, this.#today, PICKUP_OPEN_DAYS) }
        : { arrivesAt: this.#morning(addOpenDays('EAST', this.#today, TRANSIT_OPEN_DAYS)) }),
    });
  }

  /** The next copy on a shelf; `only`: the only copy of its title. */
  #takeFromShelf(itemType: Copy['itemType'], only: boolean): Copy {
    for (const copies of this.#titles.values()) {
      if (only && copies.length > 1) continue;
      const copy = copies.find(({ item, bib, itemType: type }) => {
        const modest = bib.loans <= MAX_LOANS_OF_NAMED || itemType === 'SHORT' || itemType === 'HOT';
        const main = item.branch.code === 'MAIN' || itemType === 'AUTO';
        return (
          type === itemType && modest && main && item.status === 'available' && !this.#taken.has(item.barcode)
        );
      });
      if (!copy || copies.some(({ item }) => this.#taken.has(item.barcode))) continue;
      this.#taken.add(copy.item.barcode);
      return copy;
    }
    throw new Error(
      `The catalogue has not enough copies of the type ${itemType ?? 'none'} for the named readers`,
    );
  }

  #pickBorrower(bibId: string): Reader {
    return this.#pickReader(
      bibId,
      ({ id, type }) => (this.#loanCount.get(id) ?? 0) < READER_TYPES[type].maxLoans,
    );
  }

  #pickHolder(bibId: string): Reader {
    return this.#pickReader(
      bibId,
      ({ id, type }) => (this.#holdCount.get(id) ?? 0) < READER_TYPES[type].maxHolds,
    );
  }

  #pickReader(bibId: string, fits: (reader: Reader) => boolean): Reader {
    for (let tries = 0; tries < 1_000; tries++) {
      // Some borrow much more than others: the square leans towards the first.
      const reader = this.#borrowers[Math.floor(this.#random.next() ** 2 * this.#borrowers.length)]!;
      if (fits(reader) && !this.#titlesOf.get(reader.id)?.has(bibId)) return reader;
    }
    throw new Error('The catalogue has more copies out than the readers of the demo library may borrow');
  }

  #lend(
    reader: Reader,
    { item, bib, itemType = 'BOOK' }: Copy,
    due: string,
    more: Pick<LoanRow, 'renewals' | 'recalled' | 'returnsAt'>,
  ): void {
    const rule = loanRule(reader.type, itemType, item.branch.code);
    const day = addDays(due, -rule.days - more.renewals * rule.renewalDays);
    const lastWorkday = addDays(this.#today, -1);
    this.#loans.push({
      id: `l${this.#next++}`,
      reader: reader.id,
      bibId: bib.bibId,
      barcode: item.barcode,
      loanedAt: this.#timeOn(day > lastWorkday ? lastWorkday : day),
      dueAt: dueOn(due),
      ...more,
    });
    this.#note(this.#loanCount, reader, bib.bibId);
  }

  #wait(bibId: string, pickup: string): void {
    this.#hold(this.#pickHolder(bibId), bibId, pickup, { status: 'waiting' });
  }

  #hold(
    reader: Reader,
    bibId: string,
    pickup: string,
    more: Pick<HoldRow, 'status' | 'barcode' | 'arrivesAt' | 'readyUntil'>,
  ): void {
    const turn = this.#next++;
    // Whoever waits behind another came later.
    const daysAgo = Math.max(1, (this.#daysAgo.get(bibId) ?? 20) - this.#random.int(1, 5));
    this.#daysAgo.set(bibId, daysAgo);
    const placedAt = this.#timeOn(addDays(this.#today, -daysAgo));
    this.#holds.push({ id: `h${turn}`, reader: reader.id, bibId, pickup, placedAt, turn, ...more });
    this.#note(this.#holdCount, reader, bibId);
  }

  #returnAfter(branch: string, due: string): string {
    const soonest = addDays(this.#today, 1);
    const late = this.#random.next() < 0.08;
    const wished =
      due < this.#today
        ? addDays(this.#today, this.#random.int(1, 20))
        : addDays(due, late ? this.#random.int(1, 12) : -this.#random.int(0, 4));
    return this.#timeOn(nextOpenDay(branch, wished < soonest ? soonest : wished));
  }

  #note(counts: Map<string, number>, { id }: Reader, bibId: string): void {
    counts.set(id, (counts.get(id) ?? 0) + 1);
    const titles = this.#titlesOf.get(id);
    if (titles) titles.add(bibId);
    else this.#titlesOf.set(id, new Set([bibId]));
  }

  #timeOn(date: string): string {
    const two = (n: number): string => String(n).padStart(2, '0');
    const time = `${two(this.#random.int(9, 16))}:${two(this.#random.int(0, 29))}:00`;
    return new Date(`${date}T${time}${DEMO_OFFSET}`).toISOString();
  }

  #morning(date: string): string {
    return new Date(`${date}T10:00:00${DEMO_OFFSET}`).toISOString();
  }
}
