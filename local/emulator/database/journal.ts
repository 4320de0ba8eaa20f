import { open, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './data-folder';
import { formatLine, readLines } from './journal-lines';

interface Waiting {
  /** How many entries have to be on the disk. */
  target: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Replays a journal. A line that a crash cut short at the very end was never acknowledged: it is cut off.
 * @param last whether nothing was written after it; only then it can end in the middle of a write
 * @throws Error if anything but the tail is damaged
 */
export async function replayJournal(
  path: string,
  last: boolean,
  apply: (entries: unknown[]) => void,
  log: (line: string) => void,
): Promise<void> {
  let damagedAt: number | undefined;
  for await (const line of readLines(path)) {
    if (!line.ok) {
      damagedAt ??= line.start;
      if (last) continue;
    }
    if (damagedAt !== undefined) {
      throw new Error(
        `The database journal ${path} is damaged at byte ${damagedAt} and goes on behind it, so acknowledged writes are lost. ` +
          'Restore the folder from a backup, or start with an empty database: npm start -- --reset',
      );
    }
    if (line.ok) apply(JSON.parse(line.json) as unknown[]);
  }
  if (damagedAt === undefined) return;
  log(
    `database: the last write to ${path} was cut short by a crash and was never acknowledged; cut off at byte ${damagedAt}`,
  );
  await truncate(path, damagedAt);
}

/**
 * Appends commits to a file. All commits that arrive while the disk is busy go into the next line together and
 * share one fdatasync; the line's checksum makes them valid or void as one.
 */
export class Journal {
  readonly #file: FileHandle;
  #queue: string[] = [];
  #waiting: Waiting[] = [];
  #begin: Promise<void> = Promise.resolve();
  #appended = 0;
  #durable = 0;
  #flushing: Promise<void> | undefined;
  #failure: Error | undefined;
  #bytes: number;

  private constructor(file: FileHandle, bytes: number) {
    this.#file = file;
    this.#bytes = bytes;
  }

  static async open(path: string): Promise<Journal> {
    const file = await open(path, 'a', 0o600);
    try {
      const { size } = await file.stat();
      await file.sync();
      await syncFolder(dirname(path));
      return new Journal(file, size);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * @param entries JSON texts of what one commit does; they are written together or not at all
   * @throws Error if an earlier write failed
   */
  append(entries: readonly string[]): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#queue.push(...entries);
    this.#appended += entries.length;
    this.#flushing ??= this.#flush();
  }

  /** Resolves when everything appended so far is on the disk; rejects if that failed, now or earlier. */
  settled(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#durable === this.#appended) return Promise.resolve();
    const target = this.#appended;
    return new Promise((resolve, reject) => this.#waiting.push({ target, resolve, reject }));
  }

  /** Holds every write back until the given moment; if that never comes, the journal has failed. */
  beginAfter(moment: Promise<void>): void {
    this.#begin = moment;
  }

  /** @throws Error if not everything could be written */
  async close(): Promise<void> {
    await this.#flushing;
    await this.#file.close();
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #flush(): Promise<void> {
    try {
      // The first commit waits for the end of this turn at least, so that its neighbours share the write.
      await this.#begin;
      while (this.#queue.length > 0) await this.#writeQueue();
    } catch (error) {
      this.#fail(error);
    }
    this.#flushing = undefined;
  }

  async #writeQueue(): Promise<void> {
    const line = formatLine(`[${this.#queue.join(',')}]`);
    const target = this.#appended;
    this.#queue = [];
    await this.#file.appendFile(line);
    await this.#file.datasync();
    this.#bytes += Buffer.byteLength(line);
    this.#durable = target;
    const done = this.#waiting.filter((waiting) => waiting.target <= target);
    this.#waiting = this.#waiting.filter((waiting) => waiting.target > target);
    for (const { resolve } of done) resolve();
  }

  /** After a failed write nobody knows what is on the disk: nothing is acknowledged until the next start. */
  #fail(error: unknown): void {
    const failure = new Error(
      `The database cannot write its journal any more (${String(error)}). Nothing is acknowledged until the local cloud is restarted.`,
    );
    this.#failure = failure;
    for (const { reject } of this.#waiting) reject(failure);
    this.#waiting = [];
    this.#queue = [];
  }
}
