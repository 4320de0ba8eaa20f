import { createHash } from 'node:crypto';
import { countSeparators } from '../../staff/count-separators';
import type { Separator } from '../../staff/count-separators';
import { Interrupted, Refused } from '../../staff/says';
import { Buckets } from './buckets';
import { CsvRows } from './csv-rows';
import { Findings } from './findings';
import { requireFields } from './find-columns';
import type { Choice, Columns } from './find-columns';
import { JsonRows } from './json-rows';
import type { Source } from './open-source';
import type { DateOrder } from './read-date';
import { scanEncoding } from './scan-encoding';
import type { Encoding } from './scan-encoding';
import { LoanTaker } from './take-loans';
import type { Seen } from './take-loans';
import { toUtf8 } from './to-utf8';

/** How a file is to be read, as staff say. */
export interface Reading {
  choice: Choice;
  order?: DateOrder;
  encoding?: Encoding;
  isQuoted: boolean;
  withoutReturns: boolean;
  /** Of the year, in days since 1970-01-01: how many loans began in it is counted. */
  window?: { fromDay: number; toDay: number };
  skipBadRows: boolean;
}

/** What a file has, and its loans parted by readers. */
export interface Survey {
  /** Of the content and of all that says how it is read: 16 hexadecimal digits. */
  id: string;
  encoding: Encoding;
  separator?: Separator;
  columns: Columns;
  seen: Seen;
  errors: Findings;
  warnings: Findings;
  buckets: Buckets;
}

/** Told while a file is gone through: bytes read of its size, and rows so far. */
export type Watch = (stage: 'looking' | 'reading', bytes: number, rows: number) => void;

/** Another number for each change of how loans or parts are made: parts of different making do not fit together. */
const MAKING = 1;

/**
 * Goes through a file of any length twice, in little memory: for its encoding, and for its loans.
 * @param folder where loans are kept meanwhile
 * @throws {Refused}
 */
export async function surveyLoans(
  source: Source,
  reading: Reading,
  folder: string,
  { watch, signal }: { watch: Watch; signal: AbortSignal },
): Promise<Survey> {
  const scan = await scanEncoding(
    stoppable(
      source.read((bytes) => watch('looking', bytes, 0)),
      signal,
    ),
  );
  const encoding = reading.encoding ?? scan.encoding;
  const [errors, warnings] = [new Findings(), new Findings()];
  const buckets = new Buckets(folder, scan.bytes);
  const taker = new LoanTaker({
    choice: reading.choice,
    order: reading.order,
    isDoubtful: reading.encoding !== undefined || scan.isDoubtful,
    withoutReturns: reading.withoutReturns,
    window: reading.window,
    ...{ errors, warnings, take: (found) => buckets.add(found) },
  });
  const hash = createHash('sha256');
  let separator: Separator | undefined;
  let rows: CsvRows | JsonRows | undefined = source.form === 'jsonl' ? new JsonRows(taker) : undefined;
  const pieces = source.read((bytes) => watch('reading', bytes, taker.seen.rows));
  try {
    for await (const piece of toUtf8(hashed(stoppable(pieces, signal), hash), encoding)) {
      if (!rows) {
        separator = separatorOf(piece.toString('utf8'));
        rows = new CsvRows(taker, { separator, isQuoted: reading.isQuoted });
      }
      await rows.feed(piece);
      await buckets.settle();
    }
    await rows?.end();
    if (hash.digest('hex') !== scan.digest)
      throw new Refused({ en: 'the file is being written to', zh: '文件正在被改写' });
    const { columns, seen } = taker;
    if (!columns || seen.rows === 0) throw new Refused({ en: 'there are no rows', zh: '没有任何行' });
    requireFields(columns);
    const id = digest(scan.digest, reading, { encoding, separator, columns });
    return {
      ...{ id, encoding, columns, seen, errors, warnings, buckets },
      ...(separator !== undefined && { separator }),
    };
  } catch (error) {
    await buckets.close();
    throw error;
  }
}

function digest(
  content: string,
  { order, isQuoted, withoutReturns, skipBadRows }: Reading,
  {
    encoding,
    separator,
    columns,
  }: Pick<Survey, 'encoding' | 'columns'> & { separator: Separator | undefined },
): string {
  const how = [MAKING, encoding, separator ?? '', isQuoted, order ?? '', withoutReturns, skipBadRows];
  const where = [[...columns.at].sort(), columns.renewalAt ?? -1];
  return createHash('sha256')
    .update(JSON.stringify([content, how, where]))
    .digest('hex')
    .slice(0, 16);
}

/** What the first row has most of. */
function separatorOf(start: string): Separator {
  const counts = countSeparators(start);
  const best = (['\t', ';', ','] as const).reduce((a, b) => (counts[b] >= counts[a] ? b : a));
  return counts[best] === 0 ? ',' : best;
}

async function* stoppable(pieces: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    if (signal.aborted) throw stopped();
    yield piece;
  }
}

export const stopped = (): Interrupted =>
  new Interrupted({ en: 'Stopped; nothing was sent.', zh: '已停止，没有发送任何内容。' });

async function* hashed(
  pieces: AsyncIterable<Buffer>,
  hash: { update: (bytes: Buffer) => unknown },
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}
