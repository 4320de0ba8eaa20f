/** The circulation that stands behind the server of SIP2 for tests; all in memory, readers invented. */
export interface Reader {
  card: string;
  pin: string;
  name: string;
  type: string;
  /** `YYYYMMDD`. */
  expires: string;
  lost?: boolean;
  barred?: string;
  wrongPins: number;
  fines: { text: string; cents: number }[];
}
export interface Item {
  barcode: string;
  title: string;
  bibId: string;
  callNumber: string;
  /** Lent to, until (ms since the epoch). */
  loan?: { card: string; dueAt: number; renewals: number };
  /** Cards in their order. */
  holds: string[];
  /** Waits on the hold shelf for the first of `holds`. */
  onHoldShelf?: boolean;
  /** It is never renewed, in these words. */
  refusal?: string;
}

export interface Refused {
  refused: string;
}

const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;
const MAX_RENEWALS = 2;
const LOAN_DAYS = 30;
const DEBT_LIMIT_CENTS = 500;
const MAX_WRONG_PINS = 3;

/** The end of a day in Asia/Shanghai, some days from now. */
export const endOfDay = (now: number, days: number): number =>
  Math.floor((now + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS + days * DAY_MS + 86_340_000;

export class Library {
  readonly readers = new Map<string, Reader>();
  readonly items = new Map<string, Item>();
  readonly pickupPlaces = ['MAIN', 'EAST'];
  /** Renewals that were carried out, by barcode. */
  readonly renewed = new Map<string, number>();

  #loans: Map<string, Item[]> | undefined;
  #withHolds: Set<Item> | undefined;

  constructor(readonly now: () => number) {}

  /** Whether the PIN is right; three wrong ones lock the card, without a word. */
  checkPin(reader: Reader, pin: string): boolean {
    if (reader.wrongPins >= MAX_WRONG_PINS) return false;
    if (reader.pin === pin) {
      reader.wrongPins = 0;
      return true;
    }
    reader.wrongPins++;
    return false;
  }

  owes = (reader: Reader): number => reader.fines.reduce((sum, { cents }) => sum + cents, 0);
  isOverLimit = (reader: Reader): boolean => this.owes(reader) > DEBT_LIMIT_CENTS;
  isExpired = (reader: Reader): boolean =>
    reader.expires < new Date(this.now() + OFFSET_MS).toISOString().slice(0, 10).replaceAll('-', '');
  /** Nothing is lent or returned here, so who has what is looked up once. */
  loansOf(card: string): Item[] {
    if (!this.#loans) {
      this.#loans = new Map();
      for (const item of this.items.values()) {
        if (!item.loan) continue;
        const own = this.#loans.get(item.loan.card);
        if (own) own.push(item);
        else this.#loans.set(item.loan.card, [item]);
      }
    }
    return this.#loans.get(card) ?? [];
  }
  overdueOf = (card: string): Item[] => this.loansOf(card).filter(({ loan }) => loan!.dueAt < this.now());
  waitingOf = (card: string): Item[] =>
    [...this.#held()].flatMap((item) =>
      item.holds.flatMap((holder, i) => (holder === card && !(item.onHoldShelf && i === 0) ? [item] : [])),
    );
  readyOf = (card: string): Item[] =>
    [...this.#held()].filter(({ holds, onHoldShelf }) => onHoldShelf === true && holds[0] === card);

  #held(): Set<Item> {
    this.#withHolds ??= new Set([...this.items.values()].filter(({ holds }) => holds.length > 0));
    return this.#withHolds;
  }

  /** Like real servers it renews whoever is named, and never looks at a PIN. */
  renew(card: string, barcode: string): { item: Item } | Refused {
    const item = this.items.get(barcode);
    if (item?.loan?.card !== card) return { refused: '未找到您的这条借阅记录' };
    const reader = this.readers.get(card)!;
    if (item.refusal !== undefined) return { refused: item.refusal };
    if (item.holds.length > 0) return { refused: '该书已被其他读者预约，不能续借' };
    if (item.loan.renewals >= MAX_RENEWALS) return { refused: '超过最大续借次数，不得续借！' };
    if (this.isOverLimit(reader)) return { refused: '欠款已达停借限额，请先缴清' };
    const from = Math.max(item.loan.dueAt, this.now());
    item.loan = { card, dueAt: endOfDay(from, LOAN_DAYS), renewals: item.loan.renewals + 1 };
    this.renewed.set(barcode, (this.renewed.get(barcode) ?? 0) + 1);
    return { item };
  }

  /** Takes the same hold twice, as real servers do. */
  place(
    card: string,
    named: { barcode?: string; bibId?: string },
    pickup: string,
  ): { item: Item; position: number } | Refused {
    const item = this.#find(named);
    if (!item) return { refused: '馆藏中没有此书' };
    if (!this.pickupPlaces.includes(pickup)) return { refused: '取书点不可用' };
    if (item.loan?.card === card) return { refused: '您已借有此书' };
    if (!item.loan) return { refused: '馆内尚有在架复本，请直接到馆借阅' };
    item.holds.push(card);
    this.#held().add(item);
    return { item, position: item.holds.length };
  }

  cancel(
    card: string,
    named: { barcode?: string; bibId?: string },
  ): { item: Item; position?: number } | Refused {
    const item = this.#find(named);
    const at = item?.holds.indexOf(card) ?? -1;
    if (!item || at < 0) return { refused: '没有找到该预约' };
    item.holds.splice(at, 1);
    return { item };
  }

  #find({ barcode, bibId }: { barcode?: string; bibId?: string }): Item | undefined {
    if (barcode !== undefined) return this.items.get(barcode);
    const copies = [...this.items.values()].filter((item) => item.bibId === bibId);
    return copies.find(({ loan }) => loan === undefined) ?? copies[0];
  }
}
