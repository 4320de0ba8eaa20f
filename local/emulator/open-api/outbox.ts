import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';

/** One call of an open API, answered well or not. */
export interface OutboxEntry {
  id: number;
  /** ISO 8601, by the cloud's clock. */
  at: string;
  api: string;
  /** The function that called. */
  function: string;
  request: Record<string, unknown>;
  errcode: number;
  errmsg: string;
}

/** The record of everything that functions had WeChat send; lines of JSON on disk, kept before the answer goes out. */
export class Outbox {
  readonly #fd: number;
  #entries: OutboxEntry[];

  constructor(file: string, log: (line: string) => void) {
    const { entries, goodBytes, torn } = existsSync(file)
      ? readLines(file)
      : { entries: [], goodBytes: 0, torn: false };
    if (torn) log(`outbox: the last line of ${file} was torn and is cut off`);
    this.#fd = openSync(file, 'a+');
    ftruncateSync(this.#fd, goodBytes);
    this.#entries = entries;
  }

  get entries(): OutboxEntry[] {
    return [...this.#entries];
  }

  add(entry: Omit<OutboxEntry, 'id'>): OutboxEntry {
    const whole = { id: (this.#entries.at(-1)?.id ?? 0) + 1, ...entry };
    writeSync(this.#fd, `${JSON.stringify(whole)}\n`);
    fdatasyncSync(this.#fd);
    this.#entries.push(whole);
    return whole;
  }

  clear(): void {
    ftruncateSync(this.#fd, 0);
    fdatasyncSync(this.#fd);
    this.#entries = [];
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** Only the last line can be torn: each was on disk before the next was begun. */
function readLines(file: string): { entries: OutboxEntry[]; goodBytes: number; torn: boolean } {
  const text = readFileSync(file);
  const end = text.lastIndexOf('\n') + 1;
  const lines = text.toString('utf8', 0, end).split('\n').slice(0, -1);
  return {
    entries: lines.map((line) => JSON.parse(line) as OutboxEntry),
    goodBytes: end,
    torn: end < text.length,
  };
}
