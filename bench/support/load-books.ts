import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { IndexRecord } from '../../library-systems/catalog-index';

interface Line {
  id?: string;
  bibId?: string;
  title: string;
  subtitle?: string;
  author?: string;
  publisher?: string;
  year?: number;
  isbn13?: string;
  subjects?: string[];
  language?: string;
  call_number?: string;
  callNumber?: string;
  loans?: number;
}

/** Reads gzipped JSON lines of books as records of the index. */
export function loadBooks(files: readonly string[]): IndexRecord[] {
  const lines = files.flatMap((file) => gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n'));
  return lines.map((line, i) => {
    const book = JSON.parse(line) as Line;
    const callNumber = book.callNumber ?? book.call_number;
    return {
      id: book.bibId ?? book.id ?? `r${i}`,
      title: book.title,
      ...(book.subtitle !== undefined && { subtitle: book.subtitle }),
      authors: (book.author ?? '').split(/\s*[，,;；/]\s*/).filter((name) => name !== ''),
      ...(book.publisher !== undefined && { publisher: book.publisher }),
      subjects: book.subjects ?? [],
      ...(book.year !== undefined && { year: book.year }),
      ...(book.language !== undefined && { language: book.language }),
      isbns: book.isbn13 === undefined ? [] : [book.isbn13],
      callNumbers: callNumber === undefined ? [] : [callNumber],
      branches: [['MAIN', 'EAST', 'MED'][i % 3]!],
      addedAt: Date.UTC(2000 + (i % 26), i % 12, 1),
      loans: book.loans ?? (i * 7919) % 60,
    };
  });
}

/** The files `books-*.jsonl.gz` of a folder; empty when there is no such folder. */
export function booksIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^books-\d+\.jsonl\.gz$/.test(name))
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}
