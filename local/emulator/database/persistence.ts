import { rm, stat } from 'node:fs/promises';
import { journalPath, listGenerations, listUnfinished, snapshotPath, syncFolder } from './data-folder';
import { Journal, replayJournal } from './journal';
import { readSnapshot, writeSnapshot, type CollectionState, type SnapshotLine } from './snapshot';

/** A journal larger than this is folded into a snapshot. Replaying that much takes well under a second. */
const COMPACT_ABOVE_BYTES = 32 * 1024 * 1024;

export interface Loading {
  fromSnapshot: (line: SnapshotLine) => void;
  fromJournal: (entries: unknown[]) => void;
}

/** The durable side of the store: load once, then commit. Which files there are is its secret. */
export class Persistence {
  readonly #dir: string;
  readonly #log: (line: string) => void;
  readonly #state: () => CollectionState[];
  #compactAbove: number;
  #generation: number;
  #journal: Journal;
  /** Of the generation before, until everything in it is on the disk and folded. */
  #retired: Journal | undefined;
  #compaction: Promise<void> | undefined;

  private constructor(
    dir: string,
    generation: number,
    journal: Journal,
    options: { state: () => CollectionState[]; log: (line: string) => void; compactAbove: number },
  ) {
    this.#dir = dir;
    this.#generation = generation;
    this.#journal = journal;
    this.#state = options.state;
    this.#log = options.log;
    this.#compactAbove = options.compactAbove;
  }

  /**
   * Reads the folder into the store and goes on behind it.
   * @param state the whole present state, asked for when the journal is folded into a snapshot
   */
  static async load(
    dir: string,
    loading: Loading,
    options: { state: () => CollectionState[]; log: (line: string) => void; compactAbove?: number },
  ): Promise<Persistence> {
    const { snapshots, journals } = await listGenerations(dir);
    const base = snapshots.at(-1);
    if (base !== undefined) await readSnapshot(snapshotPath(dir, base), loading.fromSnapshot);
    const newer = journals.filter((generation) => generation >= (base ?? 0));
    checkComplete(dir, base, newer);
    const lastWritten = await findLastWritten(dir, newer);
    for (const generation of newer) {
      const path = journalPath(dir, generation);
      await replayJournal(path, generation === lastWritten, loading.fromJournal, options.log);
    }
    const generation = newer.at(-1) ?? base ?? 0;
    const journal = await Journal.open(journalPath(dir, generation));
    const persistence = new Persistence(dir, generation, journal, {
      compactAbove: COMPACT_ABOVE_BYTES,
      ...options,
    });
    await persistence.#removeOlderThan(base ?? 0);
    // Several journals: the last compaction was cut short.
    if (newer.length > 1) persistence.#startCompaction();
    else persistence.#compactIfLarge();
    return persistence;
  }

  /** @param entries JSON texts of one commit: durable together, when `settled` says so */
  commit(entries: readonly string[]): void {
    this.#journal.append(entries);
    this.#compactIfLarge();
  }

  /** Resolves when everything committed so far is on the disk. */
  async settled(): Promise<void> {
    await Promise.all([this.#retired?.settled(), this.#journal.settled()]);
  }

  async close(): Promise<void> {
    await this.#compaction;
    await this.#journal.close();
  }

  #compactIfLarge(): void {
    if (this.#compaction === undefined && this.#journal.bytes >= this.#compactAbove) this.#startCompaction();
  }

  #startCompaction(): void {
    this.#compaction = this.#compact()
      .catch((error: unknown) => {
        // Not again at the next commit: the disk may be full for a while.
        this.#compactAbove = this.#journal.bytes + 2 * this.#compactAbove;
        this.#log(`database: folding the journal into a snapshot failed, nothing is lost: ${String(error)}`);
      })
      .finally(() => {
        this.#compaction = undefined;
      });
  }

  /** New commits go to the next journal while the snapshot of everything before it is being written. */
  async #compact(): Promise<void> {
    const next = this.#generation + 1;
    const journal = await Journal.open(journalPath(this.#dir, next));
    // From here to the switch nothing may be awaited: the state and the journals must meet without a gap.
    const state = this.#state();
    const retired = this.#journal;
    const closed = retired.close();
    // Only the newest journal may end in a torn line, so it waits until the one before is whole.
    journal.beginAfter(closed);
    this.#journal = journal;
    this.#generation = next;
    this.#retired = retired;
    await closed;
    this.#retired = undefined;
    await writeSnapshot(snapshotPath(this.#dir, next), state);
    await this.#removeOlderThan(next);
  }

  async #removeOlderThan(generation: number): Promise<void> {
    const { snapshots, journals } = await listGenerations(this.#dir);
    const old = [
      ...snapshots.filter((n) => n < generation).map((n) => snapshotPath(this.#dir, n)),
      ...journals.filter((n) => n < generation).map((n) => journalPath(this.#dir, n)),
    ];
    for (const name of await listUnfinished(this.#dir)) old.push(name);
    if (old.length === 0) return;
    for (const path of old) await rm(path, { force: true });
    await syncFolder(this.#dir);
  }
}

/** The newest journal that is not empty. The next one is made a moment before the last write to the one before ends. */
async function findLastWritten(dir: string, journals: readonly number[]): Promise<number | undefined> {
  for (const generation of [...journals].reverse()) {
    if ((await stat(journalPath(dir, generation))).size > 0) return generation;
  }
  return undefined;
}

/** Journals follow each other without a gap, beginning with the generation of the snapshot. */
function checkComplete(dir: string, base: number | undefined, journals: readonly number[]): void {
  const gap = journals.findIndex((generation, i) => generation !== (base ?? 0) + i);
  const missing = gap < 0 && base !== undefined && journals.length === 0 ? 0 : gap;
  if (missing >= 0) {
    throw new Error(
      `The database folder ${dir} lacks ${journalPath(dir, (base ?? 0) + missing)}. Restore it from a backup, or start with an empty database: npm start -- --reset`,
    );
  }
}
