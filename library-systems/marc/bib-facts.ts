import type { FieldRef } from './field-ref';

/** What a record says of a title; what it does not say is absent, texts are without ISBD punctuation. */
export interface BibFacts {
  /** Control number (001) as it stands, blanks trimmed, or what the configuration names instead. */
  bibId?: string;
  /** Empty when the record names no title at all. */
  title: string;
  subtitle?: string;
  /** Main responsibility first. */
  authors: string[];
  /** The authors in one line; else the statement of responsibility; else empty. */
  author: string;
  publisher?: string;
  year?: number;
  isbn13?: string;
  /** All valid ISBNs of the record. */
  isbns: string[];
  /** ISO 639-1. */
  language?: string;
  subjects: string[];
  /** Main class of the Chinese Library Classification, one letter. */
  clc?: string;
  /** Full class mark of the Chinese Library Classification. */
  clcNumber?: string;
  callNumber?: string;
  edition?: string;
}

export const MARC_FORMATS = ['marc21', 'unimarc'] as const;
/** `unimarc` is also CNMARC (WH/T 0503) and Taiwan's CMARC. */
export type MarcFormat = (typeof MARC_FORMATS)[number];

export interface BibOptions {
  readonly format: MarcFormat;
  /** Where the id stands, such as `999$c`; 001 when absent. */
  readonly bibId?: readonly string[] | undefined;
  /** Where call numbers stand, first choice first, such as `905$d/$e`. */
  readonly callNumber?: readonly string[] | undefined;
  /** Where class marks of the Chinese Library Classification stand. */
  readonly clc?: readonly string[] | undefined;
}

export interface BibPlaces {
  readonly bibId: readonly FieldRef[];
  readonly callNumber: readonly FieldRef[];
  readonly clc: readonly FieldRef[];
}

/** What one format of MARC says, before that is put together. */
export interface Draft {
  title: string;
  subtitle: string | undefined;
  authors: string[];
  responsibility: string | undefined;
  publisher: string | undefined;
  year: number | undefined;
  isbns: string[];
  language: string | undefined;
  subjects: string[];
  edition: string | undefined;
}
