import type { LibrarySystem } from '../../library-systems/library-system';

/** What a feature knows about the call that it serves. */
export interface Context {
  readonly requestId: string;
  /** Who calls, as the platform says; never taken from the event. */
  readonly openid: string;
  /** The library's system; rejects with LibraryFault when it cannot be reached. */
  library(): Promise<LibrarySystem>;
  /** Milliseconds since the epoch. */
  now(): number;
}
