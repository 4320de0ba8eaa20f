import type { LibrarySystem } from '../../../../library-systems/library-system';
import type { Desk } from '../../../runtime/context';
import type { RunTime } from '../../../runtime/run-time';
import {
  findSeason,
  type HeldSeason,
  type SeasonChange,
  type SeasonDocument,
} from '../../../stores/report-seasons';

/** What the job needs; it has no reader. */
export interface Maker {
  library(): Promise<LibrarySystem>;
  desk(): Desk;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Another run, or an order of the staff, has taken the year over. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** A run of the job on one year. */
export class Run {
  readonly counts: Record<string, number> = {};
  #season: SeasonDocument;

  constructor(
    readonly context: Maker,
    readonly time: RunTime,
    private readonly held: HeldSeason,
  ) {
    this.#season = held.season;
  }

  get season(): SeasonDocument {
    return this.#season;
  }

  /**
   * Writes down that the run got further.
   * @param asRead what the year must still say
   * @throws {Overtaken}
   */
  async moveOn(change: SeasonChange, asRead: Partial<SeasonDocument> = {}): Promise<void> {
    await this.#write({ movedAt: this.context.now(), trouble: undefined, ...change }, asRead);
  }

  /** Writes down what keeps the run from getting further. @param trouble a code, never words @throws {Overtaken} */
  async tellTrouble(trouble: string): Promise<void> {
    await this.#write({ trouble });
  }

  /** Staff may have put in an import meanwhile, or changed how it is to be read or when all is to be published. */
  async lookAgain(): Promise<void> {
    const found = await findSeason(this.#season._id);
    // another stage is for whoever has taken over
    if (found?.stage === this.#season.stage) this.#season = found;
  }

  count(what: string, by: number): void {
    if (by > 0) this.counts[what] = (this.counts[what] ?? 0) + by;
  }

  async #write(change: SeasonChange, asRead: Partial<SeasonDocument> = {}): Promise<void> {
    if (!(await this.held.moveOn(change, asRead))) throw new Overtaken('the year is no longer held');
    const next: Record<string, unknown> = { ...this.#season, ...change };
    for (const [field, value] of Object.entries(next)) if (value === undefined) delete next[field];
    this.#season = next as unknown as SeasonDocument;
  }
}
