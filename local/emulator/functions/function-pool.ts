import { PlatformError } from '../platform-error';
import type { FunctionInstance } from './function-instance';
import type { WorkerCall } from './worker-messages';

export interface PoolLimits {
  /** Instances at once. */
  instances: number;
  /** Calls that may wait for an instance. */
  waiting: number;
  /** How long an instance without work lives, ms. */
  idleMs: number;
}

export const DEFAULT_POOL_LIMITS: PoolLimits = { instances: 8, waiting: 200, idleMs: 5 * 60_000 };

interface Waiter {
  take: (instance: FunctionInstance) => void;
  refuse: (error: PlatformError) => void;
}

/** The instances of one function. Like the platform it hands an instance one event at a time. */
export class FunctionPool {
  readonly #name: string;
  readonly #start: () => FunctionInstance;
  readonly #limits: PoolLimits;
  readonly #log: (line: string) => void;
  readonly #instances = new Set<FunctionInstance>();
  /** Last in, first out: what is not needed grows cold. */
  readonly #idle: FunctionInstance[] = [];
  readonly #reapers = new Map<FunctionInstance, NodeJS.Timeout>();
  readonly #waiters: Waiter[] = [];
  #retired = false;

  constructor(
    name: string,
    start: () => FunctionInstance,
    log: (line: string) => void,
    limits: PoolLimits = DEFAULT_POOL_LIMITS,
  ) {
    this.#log = log;
    this.#name = name;
    this.#start = start;
    this.#limits = limits;
  }

  /**
   * @returns the function's answer as JSON
   * @throws {PlatformError}
   */
  async call(call: WorkerCall): Promise<string> {
    const instance = await this.#acquire();
    try {
      return await instance.call(call);
    } finally {
      this.#release(instance);
    }
  }

  /** Takes no more instances into use; those at work finish their event first. */
  async retire(): Promise<void> {
    this.#retired = true;
    await Promise.all(this.#idle.splice(0).map((instance) => this.#drop(instance)));
  }

  /** Ends everything now; calls in flight and waiting fail. */
  async stop(): Promise<void> {
    this.#retired = true;
    for (const waiter of this.#waiters.splice(0)) {
      waiter.refuse(new PlatformError('FUNCTIONS_EXECUTE_FAIL', 'the function was stopped'));
    }
    await Promise.all([...this.#instances].map((instance) => this.#drop(instance)));
  }

  async #acquire(): Promise<FunctionInstance> {
    for (let instance = this.#idle.pop(); instance; instance = this.#idle.pop()) {
      clearTimeout(this.#reapers.get(instance));
      if (instance.alive) return instance;
      void this.#drop(instance);
    }
    if (this.#instances.size < this.#limits.instances) return this.#add();
    if (this.#waiters.length >= this.#limits.waiting) {
      throw new PlatformError(
        'EXCEED_CONCURRENT_REQUEST_LIMIT',
        `${this.#name} has ${this.#limits.instances} calls in flight and ${this.#limits.waiting} waiting`,
      );
    }
    return new Promise((take, refuse) => this.#waiters.push({ take, refuse }));
  }

  #add(): FunctionInstance {
    const instance = this.#start();
    this.#instances.add(instance);
    return instance;
  }

  #release(instance: FunctionInstance): void {
    const waiter = this.#waiters.shift();
    if (!instance.alive || (this.#retired && !waiter)) {
      void this.#drop(instance);
      waiter?.take(this.#add());
    } else if (waiter) {
      waiter.take(instance);
    } else {
      this.#idle.push(instance);
      this.#reapers.set(instance, setTimeout(() => this.#reap(instance), this.#limits.idleMs).unref());
    }
  }

  #reap(instance: FunctionInstance): void {
    const at = this.#idle.indexOf(instance);
    if (at < 0) return;
    this.#idle.splice(at, 1);
    this.#log(`[${this.#name}] cold: an instance without work is ended`);
    void this.#drop(instance);
  }

  async #drop(instance: FunctionInstance): Promise<void> {
    clearTimeout(this.#reapers.get(instance));
    this.#reapers.delete(instance);
    this.#instances.delete(instance);
    await instance.stop();
  }
}
