import { dateOfDay } from './calendar-days';

/** What a key is about: something told of a loan, of a hold, or that one of them was named on a day. */
export type Family = 'loan' | 'hold' | 'named';

const LETTERS: Readonly<Record<Family, string>> = { loan: 'l', hold: 'h', named: 'n' };
const KEY = /^([lhn])([0-9a-z]{1,6})\.([\w-]+)$/;
/** 96 bits; a reader has a few hundred keys. */
const HASH_LENGTH = 16;
/** What is not in the library's list any more is forgotten after so many days: a list may have gaps for a while. */
const KEPT_DAYS = 40;

/**
 * What a reader was told, while it is decided what to tell. It is kept as keys, each `<family><day when it was told, in
 * base 36>.<keyed hash>`: nobody can read of them which book it was, yet those that have had their time are known.
 */
export class ToldKeys {
  readonly #told = new Map<string, { key: string; letter: string; day: number }>();
  readonly #families = new Set<string>();
  readonly #strange: string[] = [];
  readonly #possible = new Set<string>();
  readonly #over = new Set<string>();

  /** @param today number of the day since 1970-01-01 */
  constructor(
    told: ReadonlySet<string>,
    private readonly keyOf: (what: string) => string,
    private readonly today: number,
  ) {
    for (const key of told) {
      const [, letter, day, hash] = KEY.exec(key) ?? [];
      if (letter === undefined || day === undefined || hash === undefined) {
        this.#strange.push(key);
        continue;
      }
      this.#told.set(letter + hash, { key, letter, day: Number.parseInt(day, 36) });
      this.#families.add(letter);
    }
  }

  /** The day on which it was told; from now on it is known to be about something that is still there. */
  dayOf(family: Family, what: readonly string[]): number | undefined {
    // most readers have been told nothing: then nothing is hashed
    if (!this.#families.has(LETTERS[family])) return undefined;
    const id = this.#idOf(family, what);
    this.#possible.add(id);
    return this.#told.get(id)?.day;
  }

  has(family: Family, what: readonly string[]): boolean {
    return this.dayOf(family, what) !== undefined;
  }

  /** What was told so many days ago, or before, may be told anew. */
  forget(family: Family, what: readonly string[], days: number): void {
    const day = this.dayOf(family, what);
    if (day !== undefined && this.today - day >= days) this.#over.add(this.#idOf(family, what));
  }

  /** Whether this loan or hold was named in a message of today. */
  wasNamedToday(family: Family, id: string): boolean {
    return this.has('named', this.#naming(family, id));
  }

  /** The key to keep when it is told today. */
  make(family: Family, what: readonly string[]): string {
    const id = this.#idOf(family, what);
    return `${id.slice(0, 1)}${this.today.toString(36)}.${id.slice(1)}`;
  }

  makeNaming(family: Family, id: string): string {
    return this.make('named', this.#naming(family, id));
  }

  /**
   * Keys of which nothing depends any more.
   * @param seen families whose list the library has given now
   */
  stale(seen: readonly Family[]): string[] {
    const letters = new Set(seen.map((family) => LETTERS[family]));
    const stale = [...this.#told].filter(([id, { letter, day }]) => {
      if (letter === LETTERS.named) return day !== this.today;
      if (this.#over.has(id)) return true;
      return letters.has(letter) && !this.#possible.has(id) && this.today - day > KEPT_DAYS;
    });
    return [...this.#strange, ...stale.map(([, { key }]) => key)];
  }

  #naming(family: Family, id: string): string[] {
    return [family, id, dateOfDay(this.today)];
  }

  #idOf(family: Family, what: readonly string[]): string {
    return LETTERS[family] + this.keyOf(JSON.stringify([family, ...what])).slice(0, HASH_LENGTH);
  }
}
