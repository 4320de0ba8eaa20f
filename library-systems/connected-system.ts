import type { Item } from '../contracts/catalog';
import type { LibrarySystem } from './library-system';

/** What an adapter is given beside its configuration. */
export interface AdapterContext {
  /**
   * Reads a secret by the name of its environment variable.
   * @throws {ConfigurationError} naming the variable when it is not set
   */
  readonly secret: (envName: string) => string;
  readonly clock: { now(): number };
  /** Takes a refusal that no pattern of the site knows. Readers may be named in it: never for logs. */
  readonly unmapped?: (libraryText: string) => void;
}

export const FINDING_TOPICS = [
  'connection',
  'tls',
  'credentials',
  'charset',
  'timeZone',
  'institution',
  'protocol',
  'configuration',
] as const;

/** What a close look at a library's system showed; `text`, in English, says what to set. */
export interface Finding {
  topic: (typeof FINDING_TOPICS)[number];
  level: 'ok' | 'warning' | 'error';
  text: string;
}

export type ItemState = Pick<Item, 'status' | 'statusText' | 'dueAt'>;

/**
 * A library system as an adapter connects it. Connecting does not wait for the
 * peer: one that cannot be reached shows at the first call, so that a gateway
 * starts while the library sleeps.
 */
export interface ConnectedSystem extends LibrarySystem {
  /**
   * The state of single copies by barcode, where the circulation knows it
   * better than the catalogue. A copy that it does not know is not in the map.
   * @throws {LibraryFault}
   */
  readonly itemStates?: (barcodes: readonly string[]) => Promise<Map<string, ItemState>>;
  /** Looks closely at the peer and at what is configured. Changes nothing and never throws. */
  readonly diagnose: () => Promise<Finding[]>;
  readonly close: () => Promise<void>;
}
