import { CsvError, Parser } from 'csv-parse';
import type { Options } from 'csv-parse';
import { Refused } from '../../staff/says';
import type { Says } from '../../staff/says';
import type { Separator } from '../../staff/count-separators';
import { MAX_ROW_BYTES } from './row-sink';
import type { RowSink } from './row-sink';

/** Rows with broken quotation after which nothing more is believed. */
const MAX_BROKEN = 1_000;

/** A row of several lines that has not the right number of cells: it may have swallowed others. */
class Swallowing extends Error {}

/**
 * Hands each row on at once, when it still knows where it stands: the stream behind it knows no more, and the
 * library's own way to be told of it (`on_record`) takes half as long again as the parsing.
 */
class RowParser extends Parser {
  /** What `onRow` threw; nothing is taken any more. */
  failure: unknown;

  constructor(
    options: Options,
    private readonly onRow: (cells: string[], until: number, lines: number) => void,
  ) {
    super(options);
  }

  override push(cells: string[] | null): boolean {
    if (cells === null) return super.push(null);
    if (this.failure !== undefined) return true;
    try {
      this.onRow(cells, this.info.bytes, this.info.lines);
    } catch (error) {
      this.failure = error;
    }
    return true;
  }
}

/**
 * Rows of CSV (RFC 4180) in UTF-8, as they come. A row with broken quotation is told, and reading goes on at the
 * line behind its first: a quotation mark that is never closed costs one row and not the rest of the file.
 */
export class CsvRows {
  #parser: RowParser;
  /** What the parser has been given since the last sound row, and where that begins in the parser's own count. */
  #tail: Buffer = Buffer.alloc(0);
  #tailAt = 0;
  /** Where the last sound row ends, in the parser's own count of bytes and lines. */
  #soundUntil = 0;
  #soundLines = 0;
  /** Rows and lines so far. */
  #rows = 0;
  #lines = 0;
  #width: number | undefined;
  /** The rest of a line is passed over. */
  #isSkipping = false;
  #broken = 0;

  constructor(
    private readonly sink: RowSink,
    private readonly form: { separator: Separator; isQuoted: boolean },
  ) {
    this.#parser = this.#begin();
  }

  /** @throws {Refused} when it is no CSV at all, and what the sink throws */
  async feed(piece: Buffer): Promise<void> {
    let rest = piece;
    if (this.#isSkipping) {
      const next = behindLine(rest);
      if (next < 0) return;
      this.#isSkipping = false;
      rest = rest.subarray(next);
    }
    while (rest.length > 0) {
      this.#tail = this.#tail.length === 0 ? rest : Buffer.concat([this.#tail, rest]);
      const error = await this.#write(rest);
      if (!error) break;
      rest = this.#recover(error);
    }
    this.#tail = this.#tail.subarray(this.#soundUntil - this.#tailAt);
    this.#tailAt = this.#soundUntil;
  }

  /** Nothing more comes. @throws as `feed` */
  async end(): Promise<void> {
    for (let error = await this.#finish(); error; error = await this.#finish()) {
      await this.feed(this.#recover(error));
    }
  }

  #begin(): RowParser {
    const { separator, isQuoted } = this.form;
    this.#tail = Buffer.alloc(0);
    this.#tailAt = this.#soundUntil = 0;
    this.#soundLines = 0;
    const parser = new RowParser(
      {
        delimiter: separator,
        quote: isQuoted ? '"' : null,
        escape: isQuoted ? '"' : null,
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        max_record_size: MAX_ROW_BYTES,
      },
      (cells, until, lines) => {
        this.#take(cells, lines > this.#soundLines + 1);
        this.#soundUntil = until;
        this.#soundLines = lines;
      },
    );
    // What goes wrong comes back from where it was written.
    parser.on('error', () => undefined);
    parser.resume();
    return parser;
  }

  #write(bytes: Buffer): Promise<unknown> {
    const parser = this.#parser;
    return new Promise((resolve) => parser.write(bytes, (error) => resolve(parser.failure ?? error)));
  }

  #finish(): Promise<unknown> {
    const parser = this.#parser;
    return new Promise((resolve) => {
      parser.once('error', (error) => resolve(parser.failure ?? error));
      parser.once('end', () => resolve(parser.failure));
      parser.end();
    });
  }

  #take(cells: string[], isLong: boolean): void {
    const lines = isLong ? linesOf(cells) : 1;
    const place = { row: this.#rows + 1, line: this.#lines + 1 };
    const isBlank = cells[0]?.trim() === '' && cells.every((cell) => cell.trim() === '');
    if (!isBlank) {
      if (this.#width === undefined) {
        this.sink.header(cells);
        this.#width = cells.length;
      } else if (cells.length === this.#width) this.sink.row(cells, place);
      else if (lines > 1) throw new Swallowing();
      else this.sink.broken(place, wrongWidth(cells.length, this.#width));
    }
    this.#rows++;
    this.#lines += lines;
  }

  /** Tells of the row that could not be read. @returns what stands behind its first line */
  #recover(error: unknown): Buffer {
    if (!(error instanceof CsvError || error instanceof Swallowing)) throw error;
    if (this.#width === undefined || ++this.#broken > MAX_BROKEN) throw noCsv(this.#lines + 1);
    const rest = this.#tail.subarray(this.#soundUntil - this.#tailAt);
    this.#rows++;
    this.#lines++;
    this.sink.broken({ row: this.#rows, line: this.#lines }, explain(error));
    this.#parser.destroy();
    this.#parser = this.#begin();
    const next = behindLine(rest);
    this.#isSkipping = next < 0;
    return next < 0 ? Buffer.alloc(0) : rest.subarray(next);
  }
}

/** Where the next line begins; -1 when the line goes on. */
function behindLine(bytes: Buffer): number {
  const [cr, lf] = [bytes.indexOf(0x0d), bytes.indexOf(0x0a)];
  if (cr < 0 || (lf >= 0 && lf < cr)) return lf < 0 ? -1 : lf + 1;
  if (cr === bytes.length - 1) return -1;
  return lf === cr + 1 ? lf + 1 : cr + 1;
}

/** The parser counts CR LF within quotation marks as two. */
const linesOf = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 1);

const wrongWidth = (cells: number, width: number): Says => ({
  en: `has ${cells} cells; the header has ${width}`,
  zh: `有 ${cells} 个单元格，表头有 ${width} 个`,
});

function explain(error: CsvError | Swallowing): Says {
  const code = error instanceof CsvError ? (error.code as string) : '';
  switch (code) {
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return {
        en: 'a quotation mark within a cell: write it twice and the cell in quotation marks, or say --no-quotes',
        zh: '单元格里有单独的引号：应写成两个并把整格放进引号，或使用 --no-quotes',
      };
    case 'CSV_MAX_RECORD_SIZE':
      return {
        en: `goes on for more than ${MAX_ROW_BYTES / 1024} kB: a quotation mark that is not closed, perhaps`,
        zh: `超过 ${MAX_ROW_BYTES / 1024} kB：可能有没有配对的引号`,
      };
    default:
      return { en: 'a quotation mark is not closed', zh: '引号没有配对' };
  }
}

const noCsv = (line: number): Refused =>
  new Refused({
    en: `no sound CSV from line ${line} on: quotation marks are used in another way; try --no-quotes`,
    zh: `从第 ${line} 行起不是正确的 CSV：引号的用法不同，可试试 --no-quotes`,
  });
