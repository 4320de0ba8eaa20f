import type { ScanOutput } from '../../../contracts/catalog';
import { availability } from '../../components/book-row/bib-row';
import type { Language, Texts } from '../../i18n/index';
import { clcColour } from '../../lib/clc';
import type { ScanRecord } from '../../services/scan-history';
import { areaName } from './isbn-areas';

/** Why a scan leads to no book, in words. */
export interface UnknownView {
  title: string;
  hint: string;
  facts: { label: string; value: string }[];
}

/** One line of the list of scans. */
export interface ScanLine {
  key: number;
  text: string;
  bibId: string;
  barcode: string;
  title: string;
  clc: string;
  /** Availability, or why there is no book */
  words: string;
  tone: 'in' | 'out' | 'unknown';
  state: 'working' | 'done' | 'failed';
}

export function unknownView(
  output: Extract<ScanOutput, { kind: 'unknown-isbn' | 'unknown' }>,
  { scan: t, unknownScan }: Texts,
  language: Language,
): UnknownView {
  if (output.kind === 'unknown') {
    const facts = output.text === '' ? [] : [{ label: t.scanned, value: output.text }];
    return { ...unknownScan[output.reason], facts };
  }
  const facts = [
    { label: t.isbn, value: output.formatted },
    { label: t.area, value: output.area === undefined ? '' : areaName(output.area, language) },
    { label: t.publisher, value: output.publisher ?? '' },
  ];
  return { title: t.unknownIsbn, hint: t.unknownIsbnHint, facts: facts.filter(({ value }) => value !== '') };
}

export function scanRecord(text: string, output: ScanOutput, at: number): ScanRecord {
  if (output.kind === 'unknown' || output.kind === 'unknown-isbn')
    return { text, at, bibId: '', barcode: '', title: '', clc: 'none' };
  const { bibId, title, clc, callNumber } = output.bib;
  const barcode = output.kind === 'item' ? output.item.barcode : '';
  return { text, at, bibId, barcode, title, clc: clcColour(clc ?? callNumber) };
}

export function scanLine(
  key: number,
  text: string,
  output: ScanOutput,
  texts: Texts,
  language: Language,
): ScanLine {
  const { bibId, barcode, title, clc } = scanRecord(text, output, 0);
  if (output.kind === 'bib' || output.kind === 'item') {
    const { availability: words, tone } = availability(output.bib, texts, language);
    return { key, text, bibId, barcode, title, clc, words, tone, state: 'done' };
  }
  const words = output.kind === 'unknown' ? texts.unknownScan[output.reason].title : texts.scan.notHeld;
  const shown = output.kind === 'unknown-isbn' ? output.formatted : text;
  return { key, text, bibId, barcode, title: shown, clc, words, tone: 'out', state: 'done' };
}
