import type { LibrarySystem } from '../../../../library-systems/library-system';
import type { Desk } from '../../../runtime/context';
import type { RunTime } from '../../../runtime/run-time';
import type { SendOutcome, SubscribeMessage } from '../../../runtime/subscribe-message';
import type { LibraryFacts, Pause } from '../../../stores/message-work';
import { hoursAt, type Hours } from './hours';

/** What the job needs; it has no reader. */
export interface Teller {
  library(): Promise<LibrarySystem>;
  desk(): Desk;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Asks WeChat once; never throws. @param longest wait, ms */
  send(message: SubscribeMessage, longest: number): Promise<SendOutcome>;
}

/** The library as far as it is known; `system` is absent while it does not answer. */
export interface Site extends LibraryFacts {
  system?: LibrarySystem;
}

/** How a piece of work ended, as far as it tells whether the library answers. */
export type Asked = 'answered' | 'away' | 'unasked';
/** How far a run came: nothing is left that can be done now; the time is over; there is no use in asking the library now. */
export type Reached = 'all' | 'late' | 'away';

/** What is asked of the library at once: it serves its readers, too. */
const AT_ONCE = 5;

/** A run of the job. */
export class Run {
  readonly counts: Record<string, number> = {};
  /** How sending stands. */
  pause: Pause = { wasPaused: false };
  #isAway = false;
  #failure: { cause: unknown } | undefined;

  constructor(
    readonly context: Teller,
    readonly time: RunTime,
    readonly site: Site,
  ) {}

  /** Whether the library can be asked, as far as this run has seen. */
  get isAway(): boolean {
    return this.#isAway || this.site.system === undefined;
  }

  /** How the day of the library stands. */
  hours(): Hours {
    return hoursAt(this.context.now(), this.site.timeZone);
  }

  count(what: string, by = 1): void {
    if (by > 0) this.counts[what] = (this.counts[what] ?? 0) + by;
  }

  /**
   * Does some work for each, a few at once, as long as there is time and the library answers. A defect keeps the
   * others from nothing.
   */
  async forEach<T>(items: readonly T[], work: (item: T) => Promise<Asked>): Promise<Reached> {
    let next = 0;
    let away = 0;
    const isAway = (): boolean => away >= AT_ONCE;
    const worker = async (): Promise<void> => {
      while (next < items.length && this.time.isLeft() && !isAway()) {
        const item = items[next++]!;
        try {
          const asked = await work(item);
          if (asked !== 'unasked') away = asked === 'away' ? away + 1 : 0;
        } catch (cause) {
          this.#failure ??= { cause };
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
    // of fewer than are asked at once, none may have been answered
    if (isAway() || (away > 0 && away >= items.length)) {
      this.#isAway = true;
      return 'away';
    }
    return next < items.length ? 'late' : 'all';
  }

  /** @throws the first defect that was met */
  end(): Record<string, number> {
    if (this.#failure) throw this.#failure.cause;
    return this.counts;
  }
}
