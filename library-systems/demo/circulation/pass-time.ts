import { dueOn, localDate } from '../local-date';
import { DEMO_OFFSET } from '../places';
import { renewalBlocksOf, copyOf, renewalFacts } from './circulation';
import type { Circulation } from './circulation';
import { addOpenDays, dueDate } from './due-dates';
import { overdueFen } from './fines';
import { nextFor } from './hold-queue';
import { PICKUP_OPEN_DAYS, TRANSIT_OPEN_DAYS } from './policy';
import type { HoldRow, LoanRow } from './rows';

/** Something that comes about by itself unless the row is changed before. */
interface Event {
  at: number;
  table: 'loans' | 'holds';
  row: LoanRow | HoldRow;
  /** Returns the row that another event may follow from. */
  happen: () => LoanRow | HoldRow | undefined;
}

/** For each circulation: the version of its ledger, and when the next thing happens if nothing is changed. */
const nextTimes = new WeakMap<Circulation, { version: number; at: number }>();

/**
 * Lets happen, in order, what time brings by itself up to now: invented readers
 * bring books back, books arrive at pickup places, holds that nobody collects
 * expire and the queue moves on, copies of the automatic kind are renewed. When
 * the clock goes back, what has happened stays so.
 */
export function passTime(circulation: Circulation, now: number): void {
  const { ledger } = circulation;
  const known = nextTimes.get(circulation);
  if (known?.version === ledger.version && now < known.at) return;
  let later = Infinity;
  const due: Event[] = [];
  const consider = (event: Event | undefined): void => {
    if (!event) return;
    if (event.at > now) later = Math.min(later, event.at);
    else insert(due, event);
  };
  for (const loan of ledger.loans.values()) consider(eventOf(circulation, loan));
  for (const hold of ledger.holds.values()) consider(eventOf(circulation, hold));
  for (let event = due.pop(); event; event = due.pop()) {
    // Another event may have changed the row meanwhile.
    if (ledger[event.table].get(event.row.id) !== event.row) continue;
    const changed = event.happen();
    if (changed) consider(eventOf(circulation, changed));
  }
  nextTimes.set(circulation, { version: ledger.version, at: later });
}

/** Keeps the events in order, the earliest last. */
function insert(events: Event[], event: Event): void {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.at > event.at) low = middle + 1;
    else high = middle;
  }
  events.splice(low, 0, event);
}

function eventOf(circulation: Circulation, row: LoanRow | HoldRow): Event | undefined {
  if ('pickup' in row) return eventOfHold(circulation, row);
  const { returnsAt } = row;
  const table = 'loans';
  if (returnsAt !== undefined) {
    const at = Date.parse(returnsAt);
    return { at, table, row, happen: () => takeBack(circulation, row, at) };
  }
  const automatic = row.keepsDueDate !== true && copyOf(circulation, row.barcode).itemType === 'AUTO';
  if (!automatic) return undefined;
  return { at: Date.parse(row.dueAt), table, row, happen: () => renewByItself(circulation, row) };
}

function eventOfHold(circulation: Circulation, row: HoldRow): Event | undefined {
  const table = 'holds';
  if (row.status === 'inTransit' && row.arrivesAt !== undefined) {
    const at = Date.parse(row.arrivesAt);
    return { at, table, row, happen: () => putHold(circulation, readyHold(row, at)) };
  }
  if (row.status === 'ready' && row.readyUntil !== undefined) {
    const at = Date.parse(dueOn(row.readyUntil)) + 60_000;
    return { at, table, row, happen: () => releaseHold(circulation, row, 'expired', at) };
  }
  return undefined;
}

/** A book comes back: its loan ends, a fine is noted if it is late, and whoever waits for it gets it. */
export function takeBack(circulation: Circulation, loan: LoanRow, at: number): HoldRow | undefined {
  const { ledger } = circulation;
  const { item, bib } = copyOf(circulation, loan.barcode);
  const { id, reader, bibId, barcode, loanedAt, dueAt, renewals } = loan;
  ledger.remove('loans', id);
  const returnedAt = new Date(at).toISOString();
  ledger.put('ended', { id, reader, bibId, barcode, loanedAt, dueAt, returnedAt, renewals });
  const amountCents = overdueFen(dueAt, item.branch.code, at);
  if (amountCents > 0) {
    ledger.put('fines', {
      id: `f${ledger.nextNumber()}`,
      reader,
      amountCents,
      reason: 'overdue',
      libraryText: '超期归还',
      title: bib.title,
      date: localDate(at),
    });
  }
  return handOn(circulation, bibId, barcode, at);
}

/** Sets a copy aside for the first who waits for it; else it goes back to its shelf. */
function handOn(circulation: Circulation, bibId: string, barcode: string, at: number): HoldRow | undefined {
  const { ledger } = circulation;
  const hold = nextFor(ledger.holds.by('bib', bibId), barcode);
  if (!hold) return undefined;
  if (copyOf(circulation, barcode).item.branch.code === hold.pickup) {
    return putHold(circulation, readyHold({ ...hold, barcode }, at));
  }
  const arrival = addOpenDays(hold.pickup, localDate(at), TRANSIT_OPEN_DAYS);
  const arrivesAt = new Date(`${arrival}T10:00:00${DEMO_OFFSET}`).toISOString();
  return putHold(circulation, { ...hold, status: 'inTransit', barcode, arrivesAt });
}

/** Ends a hold; a copy that was set aside for it passes on. */
export function releaseHold(
  circulation: Circulation,
  hold: HoldRow,
  status: 'expired' | 'cancelled',
  at: number,
): HoldRow | undefined {
  putHold(circulation, { ...hold, status });
  return hold.barcode === undefined ? undefined : handOn(circulation, hold.bibId, hold.barcode, at);
}

function putHold({ ledger }: Circulation, hold: HoldRow): HoldRow {
  ledger.put('holds', hold);
  return hold;
}

function readyHold(hold: HoldRow, at: number): HoldRow {
  const readyUntil = addOpenDays(hold.pickup, localDate(at), PICKUP_OPEN_DAYS);
  return { ...hold, status: 'ready', readyUntil };
}

/** On the day on which a copy of the automatic kind is due, once: renews it, or lets the day stand. */
function renewByItself(circulation: Circulation, loan: LoanRow): LoanRow {
  const renewed = renewedByItself(circulation, loan) ?? { ...loan, keepsDueDate: true };
  circulation.ledger.put('loans', renewed);
  return renewed;
}

function renewedByItself(circulation: Circulation, loan: LoanRow): LoanRow | undefined {
  const reader = circulation.ledger.readers.get(loan.reader);
  if (!reader || loan.recalled === true) return undefined;
  const at = Date.parse(loan.dueAt);
  const { rule, wanted, branch } = renewalFacts(circulation, reader, loan, at, undefined);
  if (wanted || loan.renewals >= rule.renewals || renewalBlocksOf(circulation, reader, at).length > 0)
    return undefined;
  const day = loan.dueAt.slice(0, 10);
  const due = dueDate(branch, day, rule.renewalDays, reader.expiresAt);
  return due > day ? { ...loan, dueAt: dueOn(due), renewals: loan.renewals + 1 } : undefined;
}
