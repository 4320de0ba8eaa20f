import { open, readFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../staff/error-code';
import { Refused } from '../../staff/says';
import type { FoundLoan } from './read-loan';

/** About so much of a file goes into one bucket, bytes: little enough to be held in memory whole. */
const BUCKET_BYTES = 1024 * 1024;
/** As many files are open at a time. */
const MAX_BUCKETS = 256;
/** Kept in memory before it is written, characters. */
const HELD = 1024 * 1024;
const NEW_LINE = 0x0a;

/** A loan as it comes out of a bucket. */
export interface KeptLoan extends FoundLoan {
  /** At least as many as its loan has as JSON, but for an id that it is given later. */
  bytes: number;
}

/**
 * Loans parted by their readers into files: all of a reader's are in one, in the order in which they came. So
 * a reader's loans come together although neither they nor the readers fit into memory.
 */
export class Buckets {
  readonly #held: string[];
  readonly #handles = new Map<number, FileHandle>();
  #heldLength = 0;

  /** @param bytes of what is to come, about; the same for the same file, for the order of readers follows from it */
  constructor(
    private readonly folder: string,
    bytes: number,
  ) {
    const count = Math.min(Math.max(Math.ceil(bytes / BUCKET_BYTES), 1), MAX_BUCKETS);
    this.#held = Array.from({ length: count }, () => '');
  }

  add(found: FoundLoan): void {
    const text = `${JSON.stringify(found)}\n`;
    const i = bucketOf(found.ref, this.#held.length);
    this.#held[i] = `${this.#held[i]!}${text}`;
    this.#heldLength += text.length;
  }

  /** Writes what is held once it is much. @throws {Refused} */
  async settle(atLeast = HELD): Promise<void> {
    if (this.#heldLength < atLeast) return;
    this.#heldLength = 0;
    for (const [i, text] of this.#held.entries()) {
      if (text === '') continue;
      this.#held[i] = '';
      try {
        await (await this.#open(i)).writeFile(Buffer.from(text, 'utf8'));
      } catch (error) {
        throw cannotKeep(this.folder, error);
      }
    }
  }

  /** All loans of a bucket after the other. */
  async *read(): AsyncGenerator<KeptLoan[]> {
    await this.settle(0);
    for (let i = 0; i < this.#held.length; i++) {
      if (!this.#handles.has(i)) continue;
      yield [...loansOf(await readFile(this.#fileOf(i)))];
    }
  }

  async close(): Promise<void> {
    for (const handle of this.#handles.values()) await handle.close();
  }

  readonly #fileOf = (i: number): string => path.join(this.folder, `bucket-${i}.jsonl`);

  async #open(i: number): Promise<FileHandle> {
    const handle = this.#handles.get(i) ?? (await open(this.#fileOf(i), 'ax', 0o600));
    this.#handles.set(i, handle);
    return handle;
  }
}

function* loansOf(bytes: Buffer): Generator<KeptLoan> {
  let at = 0;
  for (let end = bytes.indexOf(NEW_LINE); end >= 0; end = bytes.indexOf(NEW_LINE, at)) {
    const found = JSON.parse(bytes.toString('utf8', at, end)) as FoundLoan;
    yield { ...found, bytes: end - at };
    at = end + 1;
  }
}

/** FNV-1a: the same for the same text everywhere. */
function bucketOf(text: string, count: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % count;
}

const cannotKeep = (folder: string, error: unknown): Refused =>
  new Refused({
    en: `${folder} cannot be written (${errorCode(error)}); it needs about as much room as the file; TMPDIR names another place`,
    zh: `无法写入 ${folder}（${errorCode(error)}）；所需空间约与文件相同，可用 TMPDIR 指定其他位置`,
  });
