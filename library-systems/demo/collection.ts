import type { Bib, BibSummary, Item, ItemStatus, Named } from '../../contracts/catalog';
import { itemTypeOf } from './circulation/item-types';
import type { ItemTypeCode } from './circulation/policy';
import { lendCopy } from './lend-copies';
import type { CopyState } from './lend-copies';
import { localDate } from './local-date';
import { BRANCHES, ROOMS, SHORT_LOAN_ROOM } from './places';
import type { SeedBib } from './read-catalog';
import { shelve } from './shelve';

interface Holding {
  bib: SeedBib;
  items: Item[];
}

/** One copy with its title and the terms on which it is lent; without a type it is not lent. */
export interface Copy {
  item: Item;
  bib: SeedBib;
  itemType?: ItemTypeCode;
}

/** The library's own words, where the state alone does not say enough. */
const STATUS_TEXTS: Partial<Record<ItemStatus, string>> = {
  onHoldShelf: '预约保留，等待取书',
  inTransit: '调拨途中',
  referenceOnly: '仅限馆内阅览',
  processing: '加工中，尚未上架',
  missing: '报失，查找中',
};

const byCode = (places: readonly Named[]): ReadonlyMap<string, Named> =>
  new Map(places.map(({ code, name }) => [code, { code, name }]));

/** The titles of the demo library with their copies as they are now. */
export class Collection {
  readonly #holdings = new Map<string, Holding>();
  readonly #byBarcode = new Map<string, Copy>();
  /** Of copies that have changed: how they were at first. */
  readonly #first = new Map<string, CopyState>();

  /** @param lendingSince milliseconds since the epoch; loans are due relative to it */
  constructor(bibs: readonly SeedBib[], lendingSince: number) {
    const branches = byCode(BRANCHES);
    const rooms = byCode(ROOMS);
    const shelves = shelve(bibs);
    const today = localDate(lendingSince);
    const place = ({ branch, location }: Item): number =>
      BRANCHES.findIndex(({ code }) => code === branch.code) * 100 +
      ROOMS.findIndex(({ code }) => code === location.code);
    for (const bib of bibs) {
      const items = bib.items.map((seed): Item => {
        const [barcode, branch, room] = seed;
        const state = lendCopy(bib, seed, today);
        const statusText = STATUS_TEXTS[state.status];
        const itemType = itemTypeOf(bib, seed);
        // Short loans are kept behind a counter of their own.
        const atCounter = itemType === 'SHORT';
        const shelf = atCounter ? undefined : shelves.get(barcode);
        const item: Item = {
          itemId: `i${barcode}`,
          barcode,
          branch: branches.get(branch)!,
          location: rooms.get(atCounter ? SHORT_LOAN_ROOM : room)!,
          callNumber: bib.callNumber,
          ...(shelf !== undefined && { shelf }),
          ...state,
          ...(statusText !== undefined && { statusText }),
        };
        this.#byBarcode.set(barcode, { item, bib, ...(itemType && { itemType }) });
        return item;
      });
      items.sort((a, b) => place(a) - place(b));
      this.#holdings.set(bib.bibId, { bib, items });
    }
  }

  copies(): IterableIterator<Copy> {
    return this.#byBarcode.values();
  }

  copy(barcode: string): Copy | undefined {
    return this.#byBarcode.get(barcode);
  }

  copyById(itemId: string): Copy | undefined {
    return this.#byBarcode.get(itemId.slice(1));
  }

  copiesOf(bibId: string): Copy[] {
    return (this.#holdings.get(bibId)?.items ?? []).flatMap(
      ({ barcode }) => this.#byBarcode.get(barcode) ?? [],
    );
  }

  /** A copy has changed hands. */
  setState(barcode: string, { status, dueAt }: CopyState): void {
    const item = this.#byBarcode.get(barcode)?.item;
    if (!item) return;
    if (item.status === status && item.dueAt === dueAt) return;
    if (!this.#first.has(barcode)) {
      this.#first.set(barcode, {
        status: item.status,
        ...(item.dueAt !== undefined && { dueAt: item.dueAt }),
      });
    }
    item.status = status;
    const text = STATUS_TEXTS[status];
    if (dueAt === undefined) delete item.dueAt;
    else item.dueAt = dueAt;
    if (text === undefined) delete item.statusText;
    else item.statusText = text;
  }

  /** All copies are as they were at first. */
  restore(): void {
    for (const [barcode, state] of this.#first) this.setState(barcode, state);
    this.#first.clear();
  }

  items(bibId: string): Item[] | undefined {
    return this.#holdings.get(bibId)?.items.map((item) => ({ ...item }));
  }

  itemByBarcode(barcode: string): { item: Item; bibId: string } | undefined {
    const copy = this.#byBarcode.get(barcode);
    return copy && { item: { ...copy.item }, bibId: copy.bib.bibId };
  }

  availableBranches(bibId: string): Named[] {
    const items = this.#holdings.get(bibId)?.items ?? [];
    return BRANCHES.filter(({ code }) =>
      items.some((i) => i.status === 'available' && i.branch.code === code),
    );
  }

  /** @param now milliseconds since the epoch: of the copies that are out, what is not yet overdue comes back first */
  summary(bibId: string, now: number): BibSummary | undefined {
    const holding = this.#holdings.get(bibId);
    if (!holding) return undefined;
    const { bib, items } = holding;
    const availableCopies = items.filter(({ status }) => status === 'available').length;
    const due = availableCopies > 0 ? undefined : earliestDue(items, now);
    return {
      bibId,
      title: bib.title,
      author: bib.author,
      ...(bib.publisher !== undefined && { publisher: bib.publisher }),
      ...(bib.year !== undefined && { year: bib.year }),
      isbn13: bib.isbn13,
      callNumber: bib.callNumber,
      clc: bib.callNumber.charAt(0),
      availableCopies,
      totalCopies: items.length,
      availableAt: this.availableBranches(bibId).map(({ name }) => name),
      ...(due !== undefined && { earliestDueAt: due }),
    };
  }

  bib(bibId: string, now: number): Bib | undefined {
    const summary = this.summary(bibId, now);
    const bib = this.#holdings.get(bibId)?.bib;
    if (!summary || !bib) return undefined;
    return {
      ...summary,
      ...(bib.subtitle !== undefined && { subtitle: bib.subtitle }),
      ...(bib.edition !== undefined && { edition: bib.edition }),
      language: bib.language,
      subjects: [...bib.subjects],
    };
  }
}

function earliestDue(items: readonly Item[], now: number): string | undefined {
  const due = items.flatMap(({ dueAt }) => (dueAt === undefined ? [] : [dueAt])).sort();
  return due.find((dueAt) => Date.parse(dueAt) >= now) ?? due[0];
}
