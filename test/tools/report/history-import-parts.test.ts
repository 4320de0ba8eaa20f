import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { MAX_PART_LOANS, MAX_PART_READERS } from '../../../contracts/report/staff';
import { Buckets } from '../../../tools/report/loans/buckets';
import { CsvRows } from '../../../tools/report/loans/csv-rows';
import { JsonRows } from '../../../tools/report/loans/json-rows';
import { makeParts, MAX_PART_BYTES, nothingParted } from '../../../tools/report/loans/make-parts';
import type { Part } from '../../../tools/report/loans/make-parts';
import { readDate } from '../../../tools/report/loans/read-date';
import type { DateOrder } from '../../../tools/report/loans/read-date';
import type { FoundLoan } from '../../../tools/report/loans/read-loan';
import type { Place } from '../../../tools/report/loans/findings';
import { makeFolder } from './support';

/** What a reader of rows tells, in order. */
function makeSink() {
  const rows: { values: unknown[]; place: Place }[] = [];
  const broken: Place[] = [];
  let header: readonly string[] = [];
  return {
    ...{ rows, broken },
    get header() {
      return header;
    },
    sink: {
      header: (headers: readonly string[]) => void (header = headers),
      row: (values: readonly unknown[], place: Place) => void rows.push({ values: [...values], place }),
      broken: (place: Place) => void broken.push(place),
    },
  };
}

/** A text in pieces of any size, also within letters. */
function* piecesOf(text: string, sizes: readonly number[]): Generator<Buffer> {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const Sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
const Cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('', '"', ',', '\n', '\r\n', 'a"b', '"x,y"', '书\n里', '👩‍🎓'),
);
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

describe('rows of CSV', () => {
  it('are those of the file, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(Cell, Cell, Cell), { maxLength: 12 }),
        Sizes,
        fc.constantFrom('\n', '\r\n'),
        async (table, sizes, end) => {
          const text = [['x', 'y', 'z'], ...table].map((row) => row.map(quoted).join(',')).join(end) + end;
          const { sink, rows, broken } = makeSink();
          const reader = new CsvRows(sink, { separator: ',', isQuoted: true });
          for (const piece of piecesOf(text, sizes)) await reader.feed(piece);
          await reader.end();
          const blank = (row: readonly string[]) => row.every((cell) => cell.trim() === '');
          expect(broken).toEqual([]);
          expect(rows.map(({ values }) => values)).toEqual(
            parse(text)
              .slice(1)
              .filter((row: string[]) => !blank(row)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are all told but the broken ones, with the numbers that they have', async () => {
    const Row = fc.oneof(
      {
        arbitrary: fc.integer({ min: 0, max: 99 }).map((n) => ({ text: `r${n},t${n}`, sound: true })),
        weight: 6,
      },
      {
        arbitrary: fc
          .constantFrom('r,"never closed', 'r,a "word" within', 'r,"a"b', 'r', 'r,s,t')
          .map((text) => ({
            ...{ text, sound: false },
          })),
        weight: 1,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(Row, { minLength: 1, maxLength: 30 }), Sizes, async (table, sizes) => {
        const text = ['reader,title', ...table.map((row) => row.text)].join('\n');
        const { sink, rows, broken } = makeSink();
        const reader = new CsvRows(sink, { separator: ',', isQuoted: true });
        for (const piece of piecesOf(text, sizes)) await reader.feed(piece);
        await reader.end();
        const numbers = (sound: boolean) =>
          table.flatMap((row, i) => (row.sound === sound ? [{ row: i + 2, line: i + 2 }] : []));
        expect(broken).toEqual(numbers(false));
        expect(rows.map(({ place }) => place)).toEqual(numbers(true));
        expect(rows.map(({ values }) => values.join(','))).toEqual(
          table.filter(({ sound }) => sound).map((row) => row.text),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('rows of JSON lines', () => {
  it('are those of the file, in whatever pieces it comes, with keys that come later', async () => {
    const Row = fc.dictionary(fc.constantFrom('reader', 'title', '__proto__', '题名'), Cell);
    await fc.assert(
      fc.asyncProperty(fc.array(Row, { maxLength: 10 }), Sizes, async (table, sizes) => {
        const told = makeSink();
        const reader = new JsonRows(told.sink);
        const text = table.map((row) => JSON.stringify(row)).join('\n');
        for (const piece of piecesOf(text, sizes)) reader.feed(piece);
        reader.end();
        const read = told.rows.map(({ values }) =>
          told.header.flatMap((key, i) => (values[i] === undefined ? [] : [[key, values[i]]])).sort(),
        );
        expect(read).toEqual(table.map((row) => Object.entries(row).sort()));
      }),
    );
  });

  it('tell what is no object, and no more of a line than can be right', () => {
    const told = makeSink();
    const reader = new JsonRows(told.sink);
    reader.feed(
      Buffer.from(
        `{"reader":"a"}\n[1]\nnull\n{"reader":\n\n{"reader":"${'x'.repeat(140_000)}"}\n{"reader":"b"}`,
      ),
    );
    reader.end();
    expect(told.rows.map(({ place }) => place.row)).toEqual([1, 7]);
    expect([...new Set(told.broken.map(({ row }) => row))]).toEqual([2, 3, 4, 6]);
    expect(told.broken).toHaveLength(4);
  });
});

describe('parts of an import', () => {
  const Loan = fc.record({
    ref: fc.integer({ min: 0, max: 700 }).map((n) => `r-${n % 2 ? n : n % 20}`),
    title: fc.string({ unit: 'grapheme', maxLength: 10 }),
  });
  const part = async (found: readonly FoundLoan[], bytes: number): Promise<Part[]> => {
    const folder = await makeFolder();
    const buckets = new Buckets(folder.path, bytes);
    try {
      for (const each of found) {
        buckets.add(each);
        await buckets.settle(2_000);
      }
      const parts: Part[] = [];
      const parted = nothingParted();
      for await (const each of makeParts(buckets.read(), parted)) parts.push(each);
      expect(parted.loans).toBe(found.length);
      expect(parted.readers).toBe(new Set(found.map(({ ref }) => ref)).size);
      return parts;
    } finally {
      await buckets.close();
      await folder.remove();
    }
  };
  const inParts = (parts: readonly Part[]) =>
    parts.flatMap(({ readers }) =>
      readers.flatMap(({ ref, loans }) => loans.map((loan) => `${ref} ${loan.title ?? ''}`)),
    );

  it('hold every row once, each reader together and in order, and are the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(Loan, { maxLength: 900 }),
        fc.integer({ min: 0, max: 200 }),
        async (loans, megabytes) => {
          const found = loans.map(({ ref, title }, i) => ({ ref, loan: { title: `${i} ${title}` } }));
          const parts = await part(found, megabytes * 1024 * 1024);
          expect(inParts(parts).sort()).toEqual(found.map(({ ref, loan }) => `${ref} ${loan.title}`).sort());
          const refs = parts.flatMap(({ readers }) => readers.map(({ ref }) => ref));
          expect(new Set(refs).size).toBe(refs.length);
          for (const { readers } of parts) {
            expect(readers.length).toBeLessThanOrEqual(MAX_PART_READERS);
            for (const { loans: own } of readers) {
              const order = own.map(({ title }) => Number.parseInt(title!, 10));
              expect(order).toEqual([...order].sort((a, b) => a - b));
            }
          }
          expect(await part(found, megabytes * 1024 * 1024)).toEqual(parts);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('split a reader with very many loans, or very long ones, and nobody else', async () => {
    const many = Array.from({ length: 13_000 }, (_, i) => ({ ref: 'r-many', loan: { title: `${i}` } }));
    const long = Array.from({ length: 1_500 }, (_, i) => ({
      ...{ ref: 'r-long', loan: { title: `${i} ${'书'.repeat(1_900)}` } },
    }));
    const few = Array.from({ length: 40 }, (_, i) => ({ ref: `r-${i % 20}`, loan: { title: `${i}` } }));
    const found = [...many, ...long, ...few];
    const parts = await part(found, 0);
    expect(inParts(parts).sort()).toEqual(found.map(({ ref, loan }) => `${ref} ${loan.title}`).sort());
    for (const { readers, loans } of parts) {
      expect(loans).toBeLessThanOrEqual(MAX_PART_LOANS);
      expect(new Set(readers.map(({ ref }) => ref)).size).toBe(readers.length);
      expect(Buffer.byteLength(JSON.stringify(readers))).toBeLessThan(MAX_PART_BYTES + 1_000);
    }
    const refs = parts.flatMap(({ readers }) => readers.map(({ ref }) => ref));
    const times = (ref: string) => refs.filter((each) => each === ref).length;
    expect([times('r-many'), times('r-0')]).toEqual([3, 1]);
    expect(times('r-long')).toBeGreaterThan(4);
  });

  it('end where what is called a reader cannot be one', async () => {
    const found = Array.from({ length: 100_001 }, () => ({ ref: 'all', loan: { title: 'x' } }));
    await expect(part(found, 0)).rejects.toThrow('one reader has 100001 loans');
  });
});

describe('dates', () => {
  const text = (date: string, order?: DateOrder): string => {
    const read = readDate(date, order);
    return typeof read === 'string' ? read : read.text;
  };

  it.each([
    ['2026-03-01', '2026-03-01'],
    ['2026-03-01 10:05:00', '2026-03-01T10:05:00'],
    ['2026-03-01T10:05:00', '2026-03-01T10:05:00'],
    ['2026-03-01T10:05:00.123Z', '2026-03-01T10:05:00Z'],
    ['2026-03-01 10:05:00 +0800', '2026-03-01T10:05:00+0800'],
    ['2026/3/1', '2026-03-01'],
    ['2026/3/1 9:05', '2026-03-01T09:05:00'],
    ['2026.03.01', '2026-03-01'],
    ['2026年3月1日', '2026-03-01'],
    ['2026 年 3 月 1 日', 'unreadable'],
    ['２０２６－０３－０１', '2026-03-01'],
    ['2026/3/1 下午1:05', '2026-03-01T13:05:00'],
    ['2026/3/1 上午12:05:09', '2026-03-01T00:05:09'],
    ['2026-03-01 01:05:00 PM', '2026-03-01T13:05:00'],
    ['20260301', '2026-03-01'],
    ['20260301100500', '2026-03-01T10:05:00'],
    ['20260301 10:05', '2026-03-01T10:05:00'],
    ['46082', '2026-03-01'],
    ['46082.42013888889', '2026-03-01T10:05:00'],
    ['2024-02-29', '2024-02-29'],
    ['2100-12-31', '2100-12-31'],
    ['1900-01-01', '1900-01-01'],
    ['2025-12-31 23:59:59', '2025-12-31T23:59:59'],
    // databases write a day so
    ['2026-03-01 00:00:00', '2026-03-01'],
    ['2026-02-28T16:00:00.000Z', '2026-03-01'],
    ['2026-03-01T00:00:00+08:00', '2026-03-01'],
    ['2026-02-29', 'unreadable'],
    ['2026-13-01', 'unreadable'],
    ['2026-03-01 25:00:00', 'unreadable'],
    ['2026-03-01 上午13:00', 'unreadable'],
    ['0000-00-00', 'unreadable'],
    ['20261301', 'unreadable'],
    ['12345', 'unreadable'],
    ['1772330400', 'unreadable'],
    ['01/03/26', 'unreadable'],
    ['soon', 'unreadable'],
    ['03/04/2026', 'ambiguous'],
    ['13/04/2026', 'ambiguous'],
    ['3.4.2026 10:00', 'ambiguous'],
  ])('%s is %s', (written, read) => expect(text(written)).toBe(read));

  it('with the year last are as staff say', () => {
    expect(text('03/04/2026', 'dmy')).toBe('2026-04-03');
    expect(text('03/04/2026', 'mdy')).toBe('2026-03-04');
    expect(text('3-4-2026 9:05', 'dmy')).toBe('2026-04-03T09:05:00');
    expect(text('13/04/2026', 'mdy')).toBe('unreadable');
    expect(text('2026-03-04', 'dmy')).toBe('2026-03-04');
  });
});
