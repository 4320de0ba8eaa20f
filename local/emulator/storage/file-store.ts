import { createHash, randomUUID } from 'node:crypto';
import type { ReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** Largest file, bytes: 50 MB, what WeChat takes from a client. */
export const FILE_LIMIT = 50 * 1024 * 1024;

/** What is known of a stored file; lies beside its bytes. */
interface Entry {
  cloudPath: string;
  /** Name of the file with the bytes. */
  bytesFile: string;
  size: number;
  contentType: string;
  /** The client that uploaded it; absent for a function's. */
  owner?: string;
}

/** A file that grew beyond the limit while it arrived. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/** A client may not write over a file that it did not make. */
export class ForeignFile extends Error {
  override readonly name = 'ForeignFile';
}

/**
 * Files of the cloud's storage on disk. Names on disk are hashes or random, so that no cloud path can point
 * anywhere else. A file is there when its entry is there: bytes first, then the entry by one rename.
 */
export class FileStore {
  readonly #dir: string;
  /** Entries are looked up and changed one after the other: two uploads to one path must not lose each other's bytes. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(dir: string) {
    this.#dir = dir;
  }

  static async open(dir: string): Promise<FileStore> {
    await mkdir(dir, { recursive: true });
    const store = new FileStore(dir);
    await store.#removeLeftovers();
    return store;
  }

  /**
   * Keeps a file; it has replaced an older one and survives a crash when this returns.
   * @param owner the client that uploads it: it replaces no file but its own
   * @throws {FileTooLarge} {@link ForeignFile}
   */
  async put(cloudPath: string, content: Readable, contentType: string, owner?: string): Promise<void> {
    const bytesFile = `${randomUUID()}.bytes`;
    const size = await this.#writeBytes(bytesFile, content);
    await this.#inTurn(async () => {
      const before = await this.#entry(cloudPath);
      const entry = { cloudPath, bytesFile, size, contentType, ...(owner !== undefined && { owner }) };
      if (owner !== undefined && before && before.owner !== owner) {
        await rm(path.join(this.#dir, bytesFile), { force: true });
        throw new ForeignFile(`${cloudPath} was made by somebody else`);
      }
      await this.#writeEntry(entry);
      if (before) await rm(path.join(this.#dir, before.bytesFile), { force: true });
    });
  }

  async stat(cloudPath: string): Promise<{ size: number; contentType: string } | undefined> {
    return this.#inTurn(() => this.#entry(cloudPath));
  }

  /** The bytes, to be read or destroyed by the caller; undefined when there is no such file. */
  async read(
    cloudPath: string,
  ): Promise<{ size: number; contentType: string; content: ReadStream } | undefined> {
    return this.#inTurn(async () => {
      const entry = await this.#entry(cloudPath);
      if (!entry) return undefined;
      // opened now: it stays readable when it is replaced meanwhile
      const file = await open(path.join(this.#dir, entry.bytesFile), 'r');
      return { ...entry, content: file.createReadStream() };
    });
  }

  /** @returns whether it was there */
  async delete(cloudPath: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const entry = await this.#entry(cloudPath);
      if (!entry) return false;
      await rm(this.#entryFile(cloudPath), { force: true });
      await this.#syncDirectory();
      await rm(path.join(this.#dir, entry.bytesFile), { force: true });
      return true;
    });
  }

  async clear(): Promise<void> {
    await this.#inTurn(async () => {
      await rm(this.#dir, { recursive: true, force: true });
      await mkdir(this.#dir, { recursive: true });
    });
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** @returns the size. @throws {FileTooLarge} what is left of the content is then still to be read */
  async #writeBytes(bytesFile: string, content: Readable): Promise<number> {
    const target = path.join(this.#dir, bytesFile);
    const file = await open(target, 'wx');
    let size = 0;
    try {
      for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > FILE_LIMIT) throw new FileTooLarge(`more than ${FILE_LIMIT} bytes`);
        await file.writeFile(chunk);
      }
      await file.datasync();
      return size;
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  }

  #entryFile(cloudPath: string): string {
    return path.join(this.#dir, `${createHash('sha256').update(cloudPath).digest('hex')}.json`);
  }

  async #entry(cloudPath: string): Promise<Entry | undefined> {
    try {
      return JSON.parse(await readFile(this.#entryFile(cloudPath), 'utf8')) as Entry;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async #writeEntry(entry: Entry): Promise<void> {
    const draft = path.join(this.#dir, `${randomUUID()}.draft`);
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(JSON.stringify(entry));
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(draft, this.#entryFile(entry.cloudPath));
    await this.#syncDirectory();
  }

  /** A rename or removal is on disk only when the folder is. */
  async #syncDirectory(): Promise<void> {
    const dir = await open(this.#dir, 'r');
    try {
      await dir.sync();
    } finally {
      await dir.close();
    }
  }

  /** What a crash left behind: bytes without an entry, entries half written. */
  async #removeLeftovers(): Promise<void> {
    const names = await readdir(this.#dir);
    const entries = await Promise.all(
      names
        .filter((name) => name.endsWith('.json'))
        .map(async (name) => JSON.parse(await readFile(path.join(this.#dir, name), 'utf8')) as Entry),
    );
    const known = new Set(entries.map(({ bytesFile }) => bytesFile));
    const leftovers = names.filter((name) => !name.endsWith('.json') && !known.has(name));
    await Promise.all(leftovers.map((name) => rm(path.join(this.#dir, name), { force: true })));
  }
}
