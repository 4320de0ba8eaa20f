import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { IndexRecord } from '../../../library-systems/catalog-index';
import { CATALOG_FILE } from './demo';

interface Line {
  bibId: string;
  title: string;
  subtitle?: string;
  author: string;
  publisher?: string;
  year?: number;
  isbn13: string;
  callNumber: string;
  language: string;
  subjects: string[];
  loans: number;
  items: [string, string, string, string][];
}

export const catalogLines = (): Line[] =>
  gunzipSync(readFileSync(CATALOG_FILE))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** The demo catalogue as records of the index. */
export const demoRecords = (): IndexRecord[] =>
  catalogLines().map(({ bibId, author, isbn13, callNumber, items, title, subtitle, ...rest }) => ({
    id: bibId,
    title,
    ...(subtitle !== undefined && { subtitle }),
    ...(rest.publisher !== undefined && { publisher: rest.publisher }),
    ...(rest.year !== undefined && { year: rest.year }),
    authors: author.split(/[，,]\s*/),
    subjects: rest.subjects,
    language: rest.language,
    isbns: [isbn13],
    callNumbers: [callNumber],
    branches: [...new Set(items.map(([, branch]) => branch))],
    addedAt: Date.parse(items[0]![3]),
    loans: rest.loans,
  }));

/** A record of which only what is given matters. */
export const record = (id: string, given: Partial<IndexRecord>): IndexRecord => ({
  ...{
    id,
    title: '',
    authors: [],
    subjects: [],
    isbns: [],
    callNumbers: [],
    branches: [],
    addedAt: 0,
    loans: 0,
  },
  ...given,
});
