import type { Clock } from '../../clock';
import { Blocked, DirectDraft } from './direct-draft';
import type { Draft } from './draft';
import { lockFolder } from './lock-file';
import { Locks } from './locks';
import { aggregateDocuments, calculateDocument, getDocument, type Answer } from './read-actions';
import { checkSchema, isCollectionName, type DatabaseSchema } from './schema';
import { Store } from './store';
import { Transactions } from './transactions';
import { invalidParam, WireError } from './wire-error';
import type { Params } from './wire-params';
import { insertDocument, modifyAndReturnDoc, modifyDocument, removeDocument } from './write-actions';

export interface DatabaseOptions {
  /** The folder that belongs to this database alone; made if it is not there. */
  dir: string;
  schema: DatabaseSchema;
  /** What `$tcb_server_date` and `$$NOW` mean. */
  clock: Clock;
  log: (line: string) => void;
  /** Size of the journal in bytes from which it is folded into a snapshot; for trials with small data. */
  compactAbove?: number;
}

type Operation = (store: Store, draft: Draft, params: Params, now: number) => Answer;

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['database.getDocument', getDocument],
  ['database.calculateDocument', calculateDocument],
  ['database.aggregateDocuments', aggregateDocuments],
  ['database.insertDocument', insertDocument],
  ['database.modifyDocument', modifyDocument],
  ['database.modifyAndReturnDoc', modifyAndReturnDoc],
  ['database.removeDocument', removeDocument],
]);

/** The cloud database as the SDKs' servers answer: one request in, the body of one response out. */
export class Database {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: (line: string) => void;
  readonly #locks = new Locks();
  readonly #transactions: Transactions;
  readonly #unlock: () => Promise<void>;
  #closed = false;

  private constructor(store: Store, options: DatabaseOptions, unlock: () => Promise<void>) {
    this.#store = store;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#unlock = unlock;
    this.#transactions = new Transactions(store, this.#locks, options.log);
  }

  /** @throws Error if the folder is in use, its data is damaged, or the schema does not fit */
  static async open(options: DatabaseOptions): Promise<Database> {
    checkSchema(options.schema);
    const unlock = await lockFolder(options.dir);
    try {
      const store = await Store.open(options.dir, options.schema, options.log, options.compactAbove);
      return new Database(store, options, unlock);
    } catch (error) {
      await unlock();
      throw error;
    }
  }

  handles(action: string): boolean {
    return action.startsWith('database.');
  }

  /**
   * @returns the body that the SDK gets, without requestId
   * @throws WireError for everything that can go wrong
   */
  async handle(action: string, params: Record<string, unknown>): Promise<Answer> {
    try {
      return await this.#perform(action, params);
    } catch (error) {
      throw this.#asWireError(action, error);
    } finally {
      await this.#settle();
    }
  }

  /** Empties the database down to its schema. */
  async reset(): Promise<void> {
    this.#transactions.abortAll();
    this.#store.reset();
    await this.#store.settled();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#transactions.abortAll();
    try {
      await this.#store.close();
    } finally {
      await this.#unlock();
    }
  }

  #perform(action: string, params: Params): Answer | Promise<Answer> {
    this.#refuseClosed();
    const operation = OPERATIONS.get(action);
    if (operation !== undefined) return this.#operate(operation, params);
    switch (action) {
      case 'database.addCollection':
        return this.#addCollection(params);
      case 'database.startTransaction':
        return { transactionId: this.#transactions.begin() };
      case 'database.commitTransaction':
        this.#transactions.commit(params['transactionId']);
        return {};
      case 'database.abortTransaction':
        this.#transactions.abort(params['transactionId']);
        return {};
      default:
        throw new WireError(
          'INVALID_ACTION',
          `[InvalidAction] ${action} is not supported by the local cloud`,
        );
    }
  }

  #addCollection(params: Params): Answer {
    const name = params['collectionName'];
    if (!isCollectionName(name)) {
      throw invalidParam('a collection name has 1 to 64 letters, digits, - and _ and begins with a letter');
    }
    this.#store.createCollection(name);
    return {};
  }

  async #operate(operation: Operation, params: Params): Promise<Answer> {
    const now = this.#clock.now();
    const { transactionId } = params;
    if (transactionId !== undefined && transactionId !== null && transactionId !== '') {
      return this.#transactions.run(transactionId, (draft) => operation(this.#store, draft, params, now));
    }
    for (;;) {
      const draft = new DirectDraft(this.#locks);
      try {
        const answer = operation(this.#store, draft, params, now);
        this.#store.commit(draft.writes());
        return answer;
      } catch (error) {
        if (!(error instanceof Blocked)) {
          // As in MongoDB, an error in the middle of several documents leaves the ones before it done.
          if (error instanceof WireError) this.#store.commit(draft.writes());
          throw error;
        }
        await error.ended;
        this.#refuseClosed();
      }
    }
  }

  #refuseClosed(): void {
    if (this.#closed) throw new WireError('SYS_ERR', '[InternalError] the local database is closed');
  }

  /** Nothing is told before all it can rest on is on the disk: neither a write nor what a read has seen of others'. */
  async #settle(): Promise<void> {
    try {
      await this.#store.settled();
    } catch (error) {
      throw new WireError(
        'SYS_ERR',
        `[InternalError] ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  #asWireError(action: string, error: unknown): WireError {
    if (error instanceof WireError) return error;
    this.#log(
      `database: ${action} failed unexpectedly: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return new WireError(
      'SYS_ERR',
      `[InternalError] ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
