import type { CARD_SYMBOLOGIES } from '../../contracts/cards';
import type { LibrarySystem } from '../../library-systems/library-system';
import type { Lookup } from './lookup';
import type { Sealer } from './sealed';

/** What a feature knows about the call that it serves. */
export interface Context {
  readonly requestId: string;
  /** Who calls, as the platform says; never taken from the event. */
  readonly openid: string;
  /** Which person that is among all accounts of one owner, where the platform says so. */
  readonly unionid?: string | undefined;
  /** The library's system; rejects with LibraryFault when it cannot be reached. */
  library(): Promise<LibrarySystem>;
  /** What the desk needs beside the library. @throws {AppError} NOT_CONFIGURED */
  desk(): Desk;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** How what is kept about readers is sealed and found again. */
export interface Desk extends Sealer {
  readonly lookup: Lookup;
  /** How the library's own readers scan a card. */
  readonly cardSymbology: (typeof CARD_SYMBOLOGIES)[number];
}
