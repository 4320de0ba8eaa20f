import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';

/** A table's row as it is now; `null` when it is gone. */
export type Change = [table: string, id: string, row: unknown];

/** Past this many lines more than there are rows, the journal is written anew. */
const SPARE_LINES = 5_000;
const LINE = /^([0-9a-f]{8}) (.*)$/s;

/**
 * The changes to the demo's tables since its first day. One line is one
 * transaction, or several that waited together: CRC-32 in hex, a blank, JSON. A
 * transaction is acknowledged once its line is on the disk; a line torn by a
 * crash was never acknowledged and is cut off. Changes hold whole rows, so only the last one of each row matters and
 * the file can be written anew from these.
 */
export class Journal {
  readonly #file: string;
  readonly #latest = new Map<string, Change>();
  #handle: FileHandle | undefined;
  #lines = 0;
  /** The transactions that will be written together next. */
  #batch: Change[] | undefined;
  /** Writes and clearings follow one another in the order in which they were asked for. */
  #tail: Promise<void> = Promise.resolve();
  #failure: Error | undefined;

  private constructor(dir: string) {
    this.#file = path.join(dir, 'circulation.jsonl');
  }

  /** Reads the journal of a folder, if there is one. @throws when a line in its middle is damaged */
  static async open(dir: string): Promise<Journal> {
    const journal = new Journal(dir);
    await journal.#read();
    return journal;
  }

  /** The last change of each row. */
  changes(): Iterable<Change> {
    return this.#latest.values();
  }

  /**
   * Writes one transaction; resolves when it is on the disk. Those that wait
   * together are synced together.
   * @throws when it cannot be written, and from then on always: what is in memory is then ahead of the disk
   */
  append(changes: readonly Change[]): Promise<void> {
    for (const change of changes) this.#latest.set(keyOf(change), change);
    if (this.#batch) {
      this.#batch.push(...changes);
      return this.#tail;
    }
    const batch = (this.#batch = [...changes]);
    return this.#enqueue(async () => {
      if (this.#batch === batch) this.#batch = undefined;
      if (this.#failure) throw this.#failure;
      try {
        await this.#write(batch);
      } catch (error) {
        this.#failure = new Error(`The demo library cannot write ${this.#file}`, { cause: error });
        throw this.#failure;
      }
    });
  }

  /** Forgets everything that was appended before. */
  clear(): Promise<void> {
    this.#batch = undefined;
    this.#latest.clear();
    return this.#enqueue(async () => {
      await this.#release();
      this.#lines = 0;
      this.#failure = undefined;
      await rm(this.#file, { force: true });
      await syncFolder(path.dirname(this.#file));
    });
  }

  close(): Promise<void> {
    return this.#enqueue(() => this.#release());
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    // A failed task has told those who waited for it; the next one begins all the same.
    this.#tail = this.#tail.then(task, task);
    return this.#tail;
  }

  async #write(changes: readonly Change[]): Promise<void> {
    if (this.#lines >= this.#latest.size + SPARE_LINES) return this.#rewrite();
    if (!this.#handle) {
      await mkdir(path.dirname(this.#file), { recursive: true });
      this.#handle = await open(this.#file, 'a');
      await syncFolder(path.dirname(this.#file));
    }
    await this.#handle.writeFile(format(changes));
    await this.#handle.datasync();
    this.#lines++;
  }

  /** Replaces the file in one step by the last change of each row; these hold what was to be appended. */
  async #rewrite(): Promise<void> {
    const draft = `${this.#file}.new`;
    const changes = [...this.#latest.values()];
    const file = await open(draft, 'w');
    try {
      await file.writeFile(changes.map((change) => format([change])).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    await this.#release();
    await rename(draft, this.#file);
    await syncFolder(path.dirname(this.#file));
    this.#lines = changes.length;
  }

  async #release(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #read(): Promise<void> {
    const bytes = await readFile(this.#file).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (!bytes) return;
    let start = 0;
    while (start < bytes.length) {
      const end = bytes.indexOf(10, start);
      const changes = end < 0 ? undefined : parse(bytes.toString('utf8', start, end));
      if (!changes) {
        // Only the last line can be torn: each one is synced before the next is written.
        if (end >= 0 && end < bytes.length - 1) {
          throw new Error(`${this.#file} is damaged at byte ${start}; delete it to begin anew`);
        }
        return this.#cutAt(start);
      }
      for (const change of changes) this.#latest.set(keyOf(change), change);
      this.#lines++;
      start = end + 1;
    }
  }

  async #cutAt(length: number): Promise<void> {
    const file = await open(this.#file, 'r+');
    try {
      await file.truncate(length);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

const keyOf = ([table, id]: Change): string => `${table} ${id}`;

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

function format(changes: readonly Change[]): string {
  const json = JSON.stringify(changes);
  return `${checksum(json)} ${json}\n`;
}

function parse(line: string): Change[] | undefined {
  const [, sum, json] = LINE.exec(line) ?? [];
  return json !== undefined && checksum(json) === sum ? (JSON.parse(json) as Change[]) : undefined;
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
