import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A title of the demo library's catalogue. */
export interface SeedBook {
  bibId: string;
  title: string;
  subtitle?: string;
  author: string;
  publisher?: string;
  year?: number;
  isbn13: string;
  callNumber: string;
  /** ISO 639-1. */
  language: string;
  subjects: string[];
  /** Barcode, branch, room, date of acquisition. */
  items: [string, string, string, string][];
}

const FILE = path.join(__dirname, '../../local/seed/catalog/books.jsonl.gz');

/** `count` titles from all parts of the demo library's catalogue, always the same ones. */
export function seedBooks(count: number): SeedBook[] {
  const lines = gunzipSync(readFileSync(FILE)).toString('utf8').trim().split('\n');
  const step = Math.max(1, Math.floor(lines.length / count));
  return lines
    .filter((_, i) => i % step === 0)
    .slice(0, count)
    .map((line) => JSON.parse(line) as SeedBook);
}
