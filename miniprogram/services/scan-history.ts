import { isRecord, readList, store } from './storage';

/** One scan, as the list of scans shows it; kept on this phone only. */
export interface ScanRecord {
  /** What the code said */
  text: string;
  /** Milliseconds since the epoch */
  at: number;
  /** The book it led to; empty when it led to none */
  bibId: string;
  barcode: string;
  title: string;
  clc: string;
}

const KEY = 'scans';
const LIMIT = 100;

/** Latest first. */
export function scanHistory(): ScanRecord[] {
  return readList(KEY, isScanRecord);
}

export function rememberScan(record: ScanRecord): void {
  store(KEY, [record, ...scanHistory().filter((other) => other.text !== record.text)].slice(0, LIMIT));
}

export function clearScanHistory(): void {
  store(KEY, []);
}

function isScanRecord(value: unknown): value is ScanRecord {
  return (
    isRecord(value) &&
    typeof value['at'] === 'number' &&
    ['text', 'bibId', 'barcode', 'title', 'clc'].every((key) => typeof value[key] === 'string')
  );
}
