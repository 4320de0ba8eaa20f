import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import type { RetryPolicy } from 'cockatiel';
import { LibraryFault } from '../library-fault';
import { FairQueue } from './fair-queue';
import { handling } from './handling';
import type { GuardedName } from './handling';
import { NotAsked } from './not-asked';
import type { NotAskedReason } from './not-asked';
import { PeerBreaker, saysDown } from './peer-breaker';
import { readerOf } from './reader-of';
import { ReaderRate } from './reader-rate';
import type { ResilienceSettings } from './settings';
import { within } from './within';

/** Is told what happens, for counting; never whose call it was. */
export interface Observer {
  /** Shared the answer to a question that was already on its way. */
  shared?(operation: GuardedName): void;
  /** Answered from memory. */
  remembered?(operation: GuardedName): void;
  retried?(operation: GuardedName): void;
  notAsked?(operation: GuardedName, reason: NotAskedReason): void;
  /** The library system really was asked. @param ms how long until it had answered or failed */
  asked?(operation: GuardedName, outcome: string, ms: number): void;
  stateChanged?(state: 'ok' | 'down' | 'recovering'): void;
}

/** Watches over the calls to one peer: its budget, its breaker, time limits, second tries and shared answers. */
export class Guard {
  readonly queue: FairQueue;
  readonly rate: ReaderRate;
  /** Reads on their way, by operation and input. */
  #onTheirWay = new Map<string, Promise<unknown>>();
  #breaker: PeerBreaker;
  #retry: RetryPolicy;
  #overdue = 0;

  constructor(
    private settings: ResilienceSettings,
    private readonly observer: Observer,
  ) {
    this.queue = new FairQueue(() => this.settings);
    this.rate = new ReaderRate(() => this.settings.reader.readsPerMinute);
    this.#breaker = this.#makeBreaker();
    this.#retry = makeRetry(settings);
  }

  get breaker(): PeerBreaker {
    return this.#breaker;
  }

  /** Calls that nobody waits for any more and that have not ended; they still hold their place. */
  get overdue(): number {
    return this.#overdue;
  }

  /** Takes new settings for the calls to come; what the breaker has noticed stays unless its own have changed. */
  configure(settings: ResilienceSettings): void {
    const sameBreaker = JSON.stringify(settings.breaker) === JSON.stringify(this.settings.breaker);
    this.settings = settings;
    this.#retry = makeRetry(settings);
    if (!sameBreaker) this.#breaker = this.#makeBreaker();
    this.queue.wake();
  }

  /** @throws LibraryFault */
  read<T>(name: GuardedName, input: unknown, ask: () => Promise<T>): Promise<T> {
    if (!handling[name].shared) return this.#read(name, input, ask);
    // Whose a question is belongs to its input: reference and session of a reader are part of the key.
    const key = `${name} ${JSON.stringify(input)}`;
    const table = this.#onTheirWay;
    const known = table.get(key);
    if (known !== undefined) {
      this.observer.shared?.(name);
      return known as Promise<T>;
    }
    const answer = this.#read(name, input, ask).finally(() => {
      if (table.get(key) === answer) table.delete(key);
    });
    table.set(key, answer);
    return answer;
  }

  /** @throws LibraryFault TIMEOUT, GARBLED, LOST: it may have been carried out all the same */
  async write<T>(name: GuardedName, input: unknown, ask: () => Promise<T>): Promise<T> {
    // Who looks after a write must not be shown an answer that was asked for before.
    const startAfresh = (): void => {
      this.#onTheirWay = new Map();
    };
    const askAndForget = (): Promise<T> => ask().finally(startAfresh);
    try {
      return await this.#attempt(name, readerOf(input), askAndForget);
    } finally {
      startAfresh();
    }
  }

  async #read<T>(name: GuardedName, input: unknown, ask: () => Promise<T>): Promise<T> {
    const reader = readerOf(input);
    if (reader !== undefined && !this.rate.take(reader)) {
      throw this.#count(name, new NotAsked('reader', 'One reader asks too often'));
    }
    return within(this.settings.timeLimits.wholeReadMs, name, (signal) =>
      this.#retry.execute(({ attempt }) => {
        if (attempt > 0) this.observer.retried?.(name);
        return this.#attempt(name, reader, ask, signal);
      }, signal),
    );
  }

  async #attempt<T>(
    name: GuardedName,
    reader: string | undefined,
    ask: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { limit, tells } = handling[name];
    try {
      // Before and after waiting: who cannot be served is told so at once.
      if (tells) this.#breaker.check();
      const leave = await this.queue.enter(reader, signal);
      let running: Promise<unknown> | undefined;
      const call = (): Promise<T> => {
        // An adapter that throws before it has promised anything is a failed call like any other.
        const asked = (async () => ask())();
        running = asked;
        return this.#await(name, this.settings.timeLimits[limit], asked);
      };
      try {
        return await (tells ? this.#breaker.run(call) : call());
      } finally {
        // Once it has really ended, however early we gave up on it: a budget is a promise to the library.
        if (running === undefined) leave();
        else running.then(leave, leave);
      }
    } catch (error) {
      throw this.#count(name, error);
    }
  }

  async #await<T>(name: GuardedName, ms: number, asked: Promise<T>): Promise<T> {
    const started = performance.now();
    const told = (outcome: string): void => this.observer.asked?.(name, outcome, performance.now() - started);
    try {
      const answer = await within(ms, name, () => asked);
      told('ok');
      return answer;
    } catch (error) {
      told(error instanceof LibraryFault ? error.code : 'defect');
      // Also when it has ended by now: then only until the next tick.
      this.#overdue += 1;
      const settle = (): void => void (this.#overdue -= 1);
      asked.then(settle, settle);
      throw error;
    }
  }

  #count<E>(name: GuardedName, error: E): E {
    if (error instanceof NotAsked) this.observer.notAsked?.(name, error.why);
    return error;
  }

  #makeBreaker(): PeerBreaker {
    return new PeerBreaker(this.settings.breaker, (state) => this.observer.stateChanged?.(state));
  }
}

/** Only what did not reach the library, or was lost on the way, is asked again. */
function makeRetry({ retries }: ResilienceSettings): RetryPolicy {
  const { times, firstDelayMs, longestDelayMs } = retries;
  return retry(handleWhen(saysDown), {
    maxAttempts: times,
    // With jitter, so that those who failed together do not come back together.
    backoff: new ExponentialBackoff({ initialDelay: firstDelayMs, maxDelay: longestDelayMs }),
  });
}
