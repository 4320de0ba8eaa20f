/** Milliseconds since the epoch, as the local cloud believes them to be. */
export interface Clock {
  now(): number;
}

/** A clock that `POST /local/clock` can move; it goes on running from where it was put. */
export class ShiftableClock implements Clock {
  #offset = 0;
  readonly #onMoved: (() => void)[] = [];

  now(): number {
    return Date.now() + this.#offset;
  }

  /** @param now milliseconds since the epoch */
  set(now: number): void {
    this.#offset = now - Date.now();
    for (const run of this.#onMoved) run();
  }

  onMoved(run: () => void): void {
    this.#onMoved.push(run);
  }

  /** Milliseconds by which this clock is ahead of the machine's. */
  get offset(): number {
    return this.#offset;
  }
}
