import { LibraryFault } from '../library-fault';

/** A connection as the pool sees it. */
export interface Pooled {
  readonly isClosed: boolean;
  onClosed: () => void;
  readonly ended: Promise<void>;
  close(): void;
}

export interface PoolOptions {
  /** Most connections at one time: what the library's licence allows. */
  maxConnections: number;
  /** Most calls that wait for a connection. */
  maxWaiting: number;
  /** Longest wait for a connection, in milliseconds. */
  waitMs: number;
  /** A connection unused for so long is closed, in milliseconds. */
  idleMs: number;
}

/** How long fewer connections are opened after the peer refused one, in milliseconds. */
const FULL_MS = 30_000;

interface Waiter<L> {
  /** Wants the right to open a connection of its own, not one of the pool's. */
  slotOnly: boolean;
  resolve: (link: L | undefined) => void;
  reject: (error: unknown) => void;
  timer: NodeJS.Timeout;
}

/**
 * Connections to one peer. Whoever comes first is served first; at no time are
 * more connections open, or being opened, than are allowed. When the peer
 * refuses one while others stand, it is full: calls then wait for those.
 */
export class Pool<L extends Pooled> {
  readonly #idle: { link: L; timer: NodeJS.Timeout }[] = [];
  readonly #waiters: Waiter<L>[] = [];
  /** Connections that stand, idle ones included. */
  #standing = new Set<L>();
  #opening = 0;
  /** Slots given away by `withSlot`. */
  #lent = 0;
  #full: { size: number; until: number } | undefined;
  #closed = false;

  constructor(
    private readonly open: () => Promise<L>,
    private readonly options: PoolOptions,
  ) {}

  /**
   * Lends a connection for some work; it goes back unless it was closed meanwhile.
   * @throws {LibraryFault} UNREACHABLE when none could be had, besides what `work` throws
   */
  async use<T>(work: (link: L) => Promise<T>): Promise<T> {
    const link = (await this.#wait(false))!;
    try {
      return await work(link);
    } finally {
      this.#giveBack(link);
    }
  }

  /** Lends the right to open one connection outside of the pool, within the same limit. */
  async withSlot<T>(work: () => Promise<T>): Promise<T> {
    await this.#wait(true);
    try {
      return await work();
    } finally {
      this.#lent--;
      this.#pump();
    }
  }

  /** Closes what is idle, for instance after one of them turned out to be dead. */
  dropIdle(): void {
    for (const { link, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      link.close();
    }
  }

  /** Ends all connections; calls that wait fail. Resolves when the peer has seen the end: others may then open as many. */
  async close(): Promise<void> {
    this.#closed = true;
    const standing = [...this.#standing];
    for (const waiter of this.#waiters.splice(0)) refuse(waiter, closedFault());
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer);
    for (const link of standing) link.close();
    await Promise.all(standing.map(({ ended }) => ended));
  }

  get #size(): number {
    return this.#standing.size + this.#opening + this.#lent;
  }

  get #limit(): number {
    const { maxConnections } = this.options;
    if (this.#full && Date.now() < this.#full.until) return Math.min(maxConnections, this.#full.size);
    return maxConnections;
  }

  #wait(slotOnly: boolean): Promise<L | undefined> {
    if (this.#closed) return Promise.reject(closedFault());
    if (this.#waiters.length >= this.options.maxWaiting) {
      const message = `${this.options.maxWaiting} calls wait for the library system already`;
      return Promise.reject(new LibraryFault('UNREACHABLE', message));
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        const message = `No connection to the library system was free within ${this.options.waitMs} ms`;
        reject(new LibraryFault('UNREACHABLE', message));
      }, this.options.waitMs);
      const waiter: Waiter<L> = { slotOnly, resolve, reject, timer };
      this.#waiters.push(waiter);
      this.#pump();
    });
  }

  /** Serves those who wait, in their order, as far as there are connections. */
  #pump(): void {
    while (this.#waiters.length > 0) {
      if (this.#waiters[0]!.slotOnly) {
        if (this.#size >= this.#limit) {
          // It counts until it has ended on both sides; then the slot is free.
          this.#closeOneIdle();
          return;
        }
        this.#lent++;
        accept(this.#waiters.shift()!, undefined);
      } else if (this.#idle.length > 0) {
        const { link, timer } = this.#idle.pop()!;
        clearTimeout(timer);
        accept(this.#waiters.shift()!, link);
      } else if (this.#opening < this.#waiters.length && this.#size < this.#limit) {
        void this.#openOne();
      } else return;
    }
  }

  async #openOne(): Promise<void> {
    this.#opening++;
    let link: L;
    try {
      link = await this.open();
    } catch (error) {
      this.#opening--;
      return this.#openFailed(error);
    }
    this.#opening--;
    if (this.#closed) return link.close();
    this.#standing.add(link);
    link.onClosed = () => this.#gone(link);
    // It may have been cut while it was handed over.
    if (link.isClosed) this.#gone(link);
    else this.#giveBack(link);
  }

  #openFailed(error: unknown): void {
    // Those still being opened may do better: a peer that is full turns others away before it has greeted them.
    const left = this.#standing.size + this.#opening;
    if (left > 0) {
      this.#full = { size: left, until: Date.now() + FULL_MS };
      return this.#pump();
    }
    this.#full = undefined;
    // Nobody else would fare better; slots are for whoever wants to see the failure.
    const failed = this.#waiters.filter(({ slotOnly }) => !slotOnly);
    for (const waiter of failed) {
      this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
      refuse(waiter, error);
    }
    this.#pump();
  }

  #giveBack(link: L): void {
    if (link.isClosed || this.#closed) {
      link.close();
      return this.#pump();
    }
    const timer = setTimeout(() => {
      this.#forget(link);
      link.close();
    }, this.options.idleMs);
    timer.unref();
    this.#idle.push({ link, timer });
    this.#pump();
  }

  #gone(link: L): void {
    this.#standing.delete(link);
    this.#forget(link);
    // Fewer stand than when it was full: one more may be opened in its place.
    if (this.#standing.size === 0) this.#full = undefined;
    this.#pump();
  }

  /** Takes a connection out of those that are lent next. */
  #forget(link: L): void {
    const at = this.#idle.findIndex((one) => one.link === link);
    if (at >= 0) clearTimeout(this.#idle.splice(at, 1)[0]!.timer);
  }

  #closeOneIdle(): void {
    const [oldest] = this.#idle.splice(0, 1);
    clearTimeout(oldest?.timer);
    oldest?.link.close();
  }
}

const closedFault = (): LibraryFault => new LibraryFault('UNREACHABLE', 'The connections have been closed');

function accept<L>(waiter: Waiter<L>, link: L | undefined): void {
  clearTimeout(waiter.timer);
  waiter.resolve(link);
}

function refuse<L>(waiter: Waiter<L>, error: unknown): void {
  clearTimeout(waiter.timer);
  waiter.reject(error);
}
