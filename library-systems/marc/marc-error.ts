export type MarcErrorCode =
  /** Larger than anything a library answers. */
  | 'TOO_LARGE'
  /** Elements nested deeper than MARCXML and its envelopes ever are. */
  | 'TOO_DEEP'
  /** A document type declaration: MARCXML has none, entity bombs and external entities need one. */
  | 'DOCTYPE'
  /** Not well-formed XML, or cut off. */
  | 'XML'
  /** A record of ISO 2709 whose parts cannot be told apart. */
  | 'RECORD'
  /** Bytes that are not of the character set that was declared or configured. */
  | 'CHARSET';

/** Where in a file something was wrong: records count from 1, bytes from 0. */
export interface MarcPlace {
  record: number;
  byte: number;
}

/** What was to be read is no MARC, or not safe to read. The message holds nothing of the record's contents. */
export class MarcError extends Error {
  override readonly name = 'MarcError';

  constructor(
    readonly code: MarcErrorCode,
    message: string,
    readonly place?: MarcPlace,
  ) {
    super(place ? `record ${place.record} at byte ${place.byte}: ${message}` : message);
  }
}
