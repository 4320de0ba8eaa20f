import type { Answers, Choice } from '../../../../contracts/onboarding/index';

/** How it stands with what was answered: all with the server, on its way, or waiting for another try. */
export type SaveState = 'saved' | 'saving' | 'unsaved';

interface Wiring {
  /** @returns whether the server still takes answers */
  send: (answers: Answers) => Promise<boolean>;
  /** Is told whatever waits now, so that it outlives the app. */
  keep: (waiting: Answers) => void;
  /** Whether another try can help after an error. */
  isPassing: (error: unknown) => boolean;
}

/** The page that shows how it stands. */
interface Watcher {
  show: (state: SaveState) => void;
  /** The server takes no more: the time is over, or the paper was handed in. */
  ended: () => void;
}

/** Pauses between tries, ms; the last one again and again. */
const PAUSES_MS = [2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * Brings the answers of one paper to the server, one call at a time: whatever is answered meanwhile goes with
 * the next call, and nothing leaves the queue before the server has it. It outlives the page of the paper.
 */
export class SaveQueue {
  private waiting: Answers;
  private state: SaveState = 'saved';
  private hasEnded = false;
  private stopped = false;
  private call: Promise<void> | undefined;
  private failures = 0;
  private timer = 0;
  private watcher: Watcher | undefined;

  /** @param kept what could not be sent before the app was closed */
  constructor(
    private readonly wiring: Wiring,
    kept: Answers = {},
  ) {
    this.waiting = { ...kept };
  }

  /** Answers that the server does not have yet, as far as is known. */
  get unsent(): Answers {
    return { ...this.waiting };
  }

  /** There is one watcher; it is told at once how it stands. */
  watch(watcher: Watcher): void {
    this.watcher = watcher;
    watcher.show(this.state);
    if (this.hasEnded) watcher.ended();
  }

  unwatch(watcher: Watcher): void {
    if (this.watcher === watcher) this.watcher = undefined;
  }

  put(place: number, choice: Choice): void {
    this.waiting[place] = choice;
    this.wiring.keep(this.unsent);
    this.sendNow();
  }

  /** Tries at once, without waiting for a pause to end. */
  sendNow(): void {
    clearTimeout(this.timer);
    if (this.call !== undefined || !this.hasWork()) return;
    this.call = this.sendAll().finally(() => {
      this.call = undefined;
      // answered between the last look and here
      if (this.failures === 0) this.sendNow();
    });
  }

  /** Waits for a call that is under way, and begins no other. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.call;
  }

  /** Goes on after `stop`. */
  resume(): void {
    this.stopped = false;
    this.sendNow();
  }

  private hasWork(): boolean {
    return !this.stopped && !this.hasEnded && Object.keys(this.waiting).length > 0;
  }

  private async sendAll(): Promise<void> {
    while (this.hasWork()) {
      const batch = this.unsent;
      this.show('saving');
      try {
        if (!(await this.wiring.send(batch))) {
          this.end();
          return;
        }
      } catch (error) {
        this.failures += 1;
        this.show('unsaved');
        if (this.wiring.isPassing(error) && !this.stopped) this.tryLater();
        return;
      }
      this.failures = 0;
      this.settle(batch);
    }
  }

  private end(): void {
    this.hasEnded = true;
    this.show('unsaved');
    this.watcher?.ended();
  }

  /** What was answered anew while the call ran still waits. */
  private settle(batch: Answers): void {
    for (const [place, choice] of Object.entries(batch))
      if (this.waiting[place] === choice) delete this.waiting[place];
    this.wiring.keep(this.unsent);
    if (Object.keys(this.waiting).length === 0) this.show('saved');
  }

  private tryLater(): void {
    const pause = PAUSES_MS[Math.min(this.failures, PAUSES_MS.length) - 1];
    this.timer = setTimeout(() => this.sendNow(), pause) as unknown as number;
  }

  private show(state: SaveState): void {
    this.state = state;
    this.watcher?.show(state);
  }
}
