import { randomBytes } from 'node:crypto';
import type { Collection } from './collection';
import type { Draft } from './draft';
import { duplicateKey, resourcesOf, type LockHolder, type Locks } from './locks';
import { PendingWrites, type Write } from './pending-writes';
import type { CompiledQuery } from './query';
import type { Store } from './store';
import type { Document, DocumentId } from './values';
import { transactionBusy, transactionConflict, transactionNotFound } from './wire-error';

/** As in the cloud; by the machine's own clock, for a moved clock must not end transactions. */
const MAX_AGE_MS = 30_000;
const MAX_OPEN = 500;

/** Sees the state at its beginning and its own writes; what it writes is locked until it ends. */
class Transaction implements Draft, LockHolder {
  readonly id = randomBytes(16).toString('hex');
  readonly ended: Promise<void>;
  readonly #pending = new PendingWrites();
  readonly #locks: Locks;
  #markEnded: () => void = () => undefined;
  #expiry: NodeJS.Timeout | undefined;

  constructor(
    readonly snapshot: number,
    locks: Locks,
  ) {
    this.#locks = locks;
    this.ended = new Promise((resolve) => (this.#markEnded = resolve));
  }

  expireAfter(ms: number, expire: () => void): void {
    this.#expiry = setTimeout(expire, ms).unref();
  }

  get(collection: Collection, id: DocumentId): Document | undefined {
    const pending = this.#pending.get(collection, id);
    return pending === undefined ? collection.getAt(id, this.snapshot) : (pending ?? undefined);
  }

  candidates(collection: Collection, query: CompiledQuery): Document[] {
    return this.#pending.overlay(collection, collection.candidatesAt(query.equalities, this.snapshot));
  }

  /** Indexes know what is committed now, not what was when the transaction began. */
  candidatesInOrder(): undefined {
    return undefined;
  }

  put(collection: Collection, id: DocumentId, document: Document | undefined): void {
    if (document !== undefined) collection.checkIndexable(document);
    const resources = resourcesOf(collection, id, [this.get(collection, id), document]);
    if (this.#locks.holderOf(resources, this) !== undefined) throw transactionConflict();
    if (collection.changedSince(id, this.snapshot)) throw transactionConflict();
    const clash = document && this.#pending.findDuplicate(collection, id, document);
    if (clash !== undefined) {
      // Committed after this transaction began: a new attempt will see it and can decide anew.
      if (collection.changedSince(clash.holder, this.snapshot)) throw transactionConflict();
      throw duplicateKey(collection, clash.index);
    }
    this.#locks.take(resources, this);
    this.#pending.put(collection, id, document);
  }

  writes(): Write[] {
    return this.#pending.all();
  }

  end(): void {
    clearTimeout(this.#expiry);
    this.#locks.releaseAll(this);
    this.#markEnded();
  }
}

/** The open transactions. Snapshot isolation: the first to write a document wins, the other has a conflict at once. */
export class Transactions {
  readonly #store: Store;
  readonly #locks: Locks;
  readonly #log: (line: string) => void;
  readonly #open = new Map<string, Transaction>();

  constructor(store: Store, locks: Locks, log: (line: string) => void) {
    this.#store = store;
    this.#locks = locks;
    this.#log = log;
  }

  /** @throws WireError TransactionBusy */
  begin(): string {
    if (this.#open.size >= MAX_OPEN) throw transactionBusy();
    const transaction = new Transaction(this.#store.version, this.#locks);
    this.#open.set(transaction.id, transaction);
    transaction.expireAfter(MAX_AGE_MS, () => {
      this.#log(`database: a transaction was open for more than ${MAX_AGE_MS / 1000} s and was rolled back`);
      this.#end(transaction);
    });
    this.#keepPast();
    return transaction.id;
  }

  /**
   * Does one operation in a transaction. As in MongoDB an error ends the transaction.
   * @throws WireError TransactionNotExist, or whatever the work throws
   */
  run<T>(id: unknown, work: (draft: Draft) => T): T {
    const transaction = this.#find(id);
    try {
      return work(transaction);
    } catch (error) {
      this.#end(transaction);
      throw error;
    }
  }

  commit(id: unknown): void {
    const transaction = this.#find(id);
    try {
      this.#store.commit(transaction.writes());
    } finally {
      this.#end(transaction);
    }
  }

  abort(id: unknown): void {
    this.#end(this.#find(id));
  }

  abortAll(): void {
    for (const transaction of this.#open.values()) this.#end(transaction);
  }

  #find(id: unknown): Transaction {
    const transaction = typeof id === 'string' ? this.#open.get(id) : undefined;
    if (transaction === undefined) throw transactionNotFound();
    return transaction;
  }

  #end(transaction: Transaction): void {
    this.#open.delete(transaction.id);
    transaction.end();
    this.#keepPast();
  }

  #keepPast(): void {
    const [oldest] = this.#open.values();
    this.#store.keepSince(oldest?.snapshot);
  }
}
