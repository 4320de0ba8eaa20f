import { NotAsked } from './not-asked';

export interface QueueLimits {
  /** Calls at the same time. */
  parallel: number;
  /** Calls that wait altogether. */
  waiting: number;
  waitMs: number;
  reader: { parallel: number; waiting: number };
}

interface Waiting {
  start: () => void;
}

/** The calls of one reader, in their order; a call of nobody in particular has a lane of its own. */
interface Lane {
  readonly key: string | undefined;
  readonly waiting: Waiting[];
  running: number;
}

/**
 * Lets calls through, never more than `parallel` at a time. Readers take turns:
 * whoever sends a hundred calls waits for his own, not others for him; and all of
 * them take turns with what is asked in nobody's name. Who waits moves forward
 * with every second turn at least, so nobody waits for ever.
 */
export class FairQueue {
  /** Lanes of readers who have a call under way. */
  readonly #lanes = new Map<string, Lane>();
  /**
   * Lanes whose first call could go, in the order of their turns: those of readers, and those of nobody. The two
   * lines take turns themselves, so that no number of searches keeps a reader from the loans.
   */
  readonly #turns = { readers: new Set<Lane>(), nobody: new Set<Lane>() };
  #last: 'readers' | 'nobody' = 'nobody';
  #running = 0;
  #waiting = 0;
  #idle: (() => void)[] = [];

  /** @param limits read at every step, so that they may be changed while calls are under way */
  constructor(readonly limits: () => QueueLimits) {}

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Waits for a turn.
   * @param reader who asks, in a form that tells nobody; `undefined` for calls in nobody's name
   * @param signal ends the waiting, not the call
   * @returns what must be called once the call has really ended
   * @throws {NotAsked} when there is no place to wait, or no turn came in time
   */
  enter(reader: string | undefined, signal?: AbortSignal): Promise<() => void> {
    // A second try may be due only after its time is over; nobody would see its answer.
    if (signal?.aborted === true)
      return Promise.reject(new NotAsked('waited', 'Nobody waits for it any more'));
    const { parallel, waiting, waitMs, reader: each } = this.limits();
    const lane = this.#laneOf(reader);
    const mayGo = lane.running < each.parallel && lane.waiting.length === 0;
    if (mayGo && this.#running < parallel && !this.#somebodyIsDue())
      return Promise.resolve(this.#start(lane));
    if (this.#waiting >= waiting) return this.#refuse(lane, 'full', 'Too many calls wait for the library');
    if (reader !== undefined && lane.waiting.length >= each.waiting) {
      return this.#refuse(lane, 'reader', 'One reader has too many calls under way');
    }
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        start: () => {
          stopWaiting();
          resolve(this.#start(lane));
        },
      };
      const giveUp = (): void => {
        stopWaiting();
        this.#leaveLine(lane, entry);
        reject(new NotAsked('waited', `No turn came within ${waitMs} ms`));
      };
      const timer = setTimeout(giveUp, waitMs);
      signal?.addEventListener('abort', giveUp);
      const stopWaiting = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
      };
      lane.waiting.push(entry);
      this.#waiting += 1;
      if (lane.running < each.parallel) this.#lineOf(lane).add(lane);
      this.#next();
    });
  }

  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void> {
    if (this.#running === 0 && this.#waiting === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Looks for calls that may go, after limits were raised. */
  wake(): void {
    for (const lane of this.#lanes.values()) this.#line(lane);
    this.#next();
  }

  #laneOf(reader: string | undefined): Lane {
    const known = reader === undefined ? undefined : this.#lanes.get(reader);
    if (known !== undefined) return known;
    const lane: Lane = { key: reader, waiting: [], running: 0 };
    if (reader !== undefined) this.#lanes.set(reader, lane);
    return lane;
  }

  #start(lane: Lane): () => void {
    this.#running += 1;
    lane.running += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#running -= 1;
      lane.running -= 1;
      this.#line(lane);
      this.#forget(lane);
      this.#next();
    };
  }

  /** Puts a lane at the end of the turns if its first call could go. */
  #line(lane: Lane): void {
    if (lane.waiting.length > 0 && lane.running < this.limits().reader.parallel) this.#lineOf(lane).add(lane);
  }

  #next(): void {
    while (this.#running < this.limits().parallel) {
      const lane = this.#nextLane();
      if (lane === undefined) break;
      this.#lineOf(lane).delete(lane);
      const entry = lane.waiting.shift();
      if (entry === undefined) continue;
      this.#waiting -= 1;
      entry.start();
      this.#line(lane);
    }
    if (this.#running > 0 || this.#waiting > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #lineOf = ({ key }: Lane): Set<Lane> => (key === undefined ? this.#turns.nobody : this.#turns.readers);

  #somebodyIsDue = (): boolean => this.#turns.readers.size + this.#turns.nobody.size > 0;

  /** The first of the line that did not have the last turn; of the other, if nobody stands there. */
  #nextLane(): Lane | undefined {
    const other = this.#last === 'nobody' ? 'readers' : 'nobody';
    const turn = this.#turns[other].size > 0 ? other : this.#last;
    const [lane] = this.#turns[turn];
    if (lane !== undefined) this.#last = turn;
    return lane;
  }

  #leaveLine(lane: Lane, entry: Waiting): void {
    const at = lane.waiting.indexOf(entry);
    if (at === -1) return;
    lane.waiting.splice(at, 1);
    this.#waiting -= 1;
    if (lane.waiting.length === 0) this.#lineOf(lane).delete(lane);
    this.#forget(lane);
    this.#next();
  }

  #refuse(lane: Lane, reason: 'full' | 'reader', message: string): Promise<never> {
    this.#forget(lane);
    return Promise.reject(new NotAsked(reason, message));
  }

  #forget(lane: Lane): void {
    if (lane.key !== undefined && lane.running === 0 && lane.waiting.length === 0)
      this.#lanes.delete(lane.key);
  }
}
