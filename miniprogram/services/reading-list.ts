import { isRecord, readList, store } from './storage';

/** A title that the reader wants to read; kept on this phone only. */
export interface WantedBook {
  bibId: string;
  title: string;
  author: string;
  callNumber: string;
  clc: string;
  /** Milliseconds since the epoch */
  addedAt: number;
}

const KEY = 'reading-list';
const LIMIT = 500;

/** Latest first. */
export function readingList(): WantedBook[] {
  return readList(KEY, isWantedBook);
}

export function isWanted(bibId: string): boolean {
  return readingList().some((book) => book.bibId === bibId);
}

/** @returns false when the phone has no room for it */
export function addToReadingList(book: WantedBook): boolean {
  return store(KEY, [book, ...readingList().filter((other) => other.bibId !== book.bibId)].slice(0, LIMIT));
}

export function removeFromReadingList(bibId: string): boolean {
  return store(
    KEY,
    readingList().filter((book) => book.bibId !== bibId),
  );
}

function isWantedBook(value: unknown): value is WantedBook {
  return (
    isRecord(value) &&
    typeof value['addedAt'] === 'number' &&
    ['bibId', 'title', 'author', 'callNumber', 'clc'].every((key) => typeof value[key] === 'string')
  );
}

export function clearReadingList(): void {
  store(KEY, []);
}
