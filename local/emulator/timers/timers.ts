import type { Clock } from '../../clock';
import { nextFiring, type Cron } from './cron';

/** A timer trigger of a function. */
export interface TimerTrigger {
  function: string;
  name: string;
  cron: Cron;
}

/** A firing: the trigger and the moment it stood for, ms since the epoch. */
export interface Firing {
  function: string;
  trigger: string;
  at: number;
}

/** Node's timers count in 32 bits; waking up early does no harm. */
const LONGEST_SLEEP_MS = 60 * 60_000;

/** Fires timer triggers by the cloud's clock. */
export class Timers {
  readonly #clock: Clock;
  readonly #fire: (firing: Firing) => Promise<void>;
  #armed: { trigger: TimerTrigger; next: number | undefined }[] = [];
  #wake: NodeJS.Timeout | undefined;

  /** @param fire must not reject */
  constructor(clock: Clock, fire: (firing: Firing) => Promise<void>) {
    this.#clock = clock;
    this.#fire = fire;
  }

  /** Replaces all triggers; moments that have passed are not made up for. */
  arm(triggers: TimerTrigger[]): void {
    const now = this.#clock.now();
    this.#armed = triggers.map((trigger) => ({ trigger, next: nextFiring(trigger.cron, now) }));
    this.#sleep();
  }

  /**
   * After the clock was moved: forward, what it passed fires once; back, all is counted anew from there.
   * @returns what fired, once the functions have ended
   */
  async clockMoved(before: number): Promise<Firing[]> {
    if (this.#clock.now() < before) {
      this.arm(this.#armed.map(({ trigger }) => trigger));
      return [];
    }
    return this.#fireDue();
  }

  stop(): void {
    this.#armed = [];
    clearTimeout(this.#wake);
  }

  async #fireDue(): Promise<Firing[]> {
    const now = this.#clock.now();
    const due: Firing[] = [];
    for (const timer of this.#armed) {
      if (timer.next === undefined || timer.next > now) continue;
      due.push({ function: timer.trigger.function, trigger: timer.trigger.name, at: timer.next });
      timer.next = nextFiring(timer.trigger.cron, now);
    }
    this.#sleep();
    await Promise.all(due.map((firing) => this.#fire(firing)));
    return due;
  }

  #sleep(): void {
    clearTimeout(this.#wake);
    const moments = this.#armed.flatMap(({ next }) => next ?? []);
    if (moments.length === 0) return;
    const wait = Math.max(0, Math.min(...moments) - this.#clock.now());
    this.#wake = setTimeout(() => void this.#fireDue(), Math.min(wait, LONGEST_SLEEP_MS)).unref();
  }
}
