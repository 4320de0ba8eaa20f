import type { Says } from '../../staff/says';
import { MAX_ROW_BYTES } from './row-sink';
import type { RowSink } from './row-sink';

const NEW_LINE = 0x0a;
/** More different keys than a row of loans can have. */
const MAX_KEYS = 200;

/** Rows of JSON lines in UTF-8: an object a line, whose keys are the headers. */
export class JsonRows {
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #lines = 0;
  readonly #places = new Map<string, number>();

  constructor(private readonly sink: RowSink) {}

  feed(piece: Buffer): void {
    let at = 0;
    for (let end = piece.indexOf(NEW_LINE); end >= 0; end = piece.indexOf(NEW_LINE, at)) {
      this.#hold(piece.subarray(at, end));
      this.#take();
      at = end + 1;
    }
    this.#hold(piece.subarray(at));
  }

  end(): void {
    if (this.#tailBytes > 0) this.#take();
  }

  /** No more of a line than can be right. */
  #hold(bytes: Buffer): void {
    this.#tailBytes += bytes.length;
    if (this.#tailBytes > MAX_ROW_BYTES) this.#tail = [];
    else if (bytes.length > 0) this.#tail.push(bytes);
  }

  #take(): void {
    const line = this.#tail.length === 1 ? this.#tail[0]! : Buffer.concat(this.#tail);
    const isTooLong = this.#tailBytes > MAX_ROW_BYTES;
    this.#tail = [];
    this.#tailBytes = 0;
    this.#lines++;
    const place = { row: this.#lines, line: this.#lines };
    const text = line.toString('utf8').trim();
    if (isTooLong) this.sink.broken(place, TOO_LONG);
    if (text === '') return;
    const object = parse(text);
    const values = object && this.#valuesOf(object);
    if (values) this.sink.row(values, place);
    else this.sink.broken(place, NO_OBJECT);
  }

  #valuesOf(object: object): unknown[] | undefined {
    const values: unknown[] = [];
    const before = this.#places.size;
    for (const [key, value] of Object.entries(object)) {
      let place = this.#places.get(key);
      if (place === undefined) {
        if (this.#places.size >= MAX_KEYS) return undefined;
        place = this.#places.size;
        this.#places.set(key, place);
      }
      values[place] = value;
    }
    if (this.#places.size > before) this.sink.header([...this.#places.keys()]);
    return values;
  }
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const NO_OBJECT: Says = { en: 'is no JSON object', zh: '不是 JSON 对象' };
const TOO_LONG: Says = {
  en: `is longer than ${MAX_ROW_BYTES / 1024} kB`,
  zh: `超过 ${MAX_ROW_BYTES / 1024} kB`,
};
