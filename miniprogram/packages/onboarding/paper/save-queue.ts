import type { Answers, Choice } from '../../../../contracts/onboarding/index';

/** How it stands with what was answered: all with the server, on its way, or waiting for another try. */
export type SaveState = 'saved' | 'saving' | 'unsaved';

interface Wiring {
  /** @returns whether the server still takes answers */
  send: (answers: Answers) => Promise<boolean>;
  /** Is told whatever waits now, so that it outlives the page. */
  keep: (waiting: Answers) => void;
  show: (state: SaveState) => void;
  /** Is told what a try failed with. @returns whether another try can help */
  failed: (error: unknown) => boolean;
  /** The server takes no more: the time is over, or the paper was handed in. */
  ended: () => void;
}

/** Pauses between tries, ms; the last one again and again. */
const PAUSES_MS = [2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * Brings answers to the server one call at a time, in the order in which they were given: whatever is
 * answered meanwhile goes with the next call, and nothing leaves the queue before the server has it.
 */
export class SaveQueue {
  private waiting: Answers;
  private call: Promise<void> | undefined;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  /** @param kept what an earlier page could not send any more */
  constructor(
    private readonly wiring: Wiring,
    kept: Answers = {},
  ) {
    this.waiting = { ...kept };
  }

  /** Answers that the server does not have yet. */
  get unsent(): Answers {
    return { ...this.waiting };
  }

  put(place: number, choice: Choice): void {
    this.waiting[place] = choice;
    this.wiring.keep(this.unsent);
    this.sendNow();
  }

  /** Tries at once, without waiting for the pause to end. */
  sendNow(): void {
    clearTimeout(this.timer);
    if (this.stopped || this.call !== undefined) return;
    if (Object.keys(this.waiting).length === 0) return;
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

  private async sendAll(): Promise<void> {
    while (Object.keys(this.waiting).length > 0 && !this.stopped) {
      const batch = this.unsent;
      this.wiring.show('saving');
      try {
        if (!(await this.wiring.send(batch))) {
          this.stopped = true;
          this.wiring.ended();
          return;
        }
      } catch (error) {
        this.failures += 1;
        this.wiring.show('unsaved');
        if (this.wiring.failed(error) && !this.stopped) this.tryLater();
        return;
      }
      this.failures = 0;
      this.settle(batch);
    }
  }

  /** What was answered anew while the call ran still waits. */
  private settle(batch: Answers): void {
    for (const [place, choice] of Object.entries(batch))
      if (this.waiting[place] === choice) delete this.waiting[place];
    this.wiring.keep(this.unsent);
    if (Object.keys(this.waiting).length === 0) this.wiring.show('saved');
  }

  private tryLater(): void {
    const pause = PAUSES_MS[Math.min(this.failures, PAUSES_MS.length) - 1];
    this.timer = setTimeout(() => this.sendNow(), pause);
  }
}
