import type { Denied, DenialCode } from '../../contracts/denials';
import type { FolioConfig } from './config';
import type { Edge } from './edge';
import type { Okapi } from './okapi';
import type { Places } from './places';

/** What the parts of this adapter stand on. */
export interface Folio {
  readonly config: FolioConfig;
  readonly clock: { now(): number };
  readonly okapi: Okapi;
  readonly places: Places;
  readonly renewalRefusal: (text: string, fallback?: DenialCode) => Denied;
  readonly holdRefusal: (text: string, fallback?: DenialCode) => Denied;
}

/** The same for what needs edge-patron. */
export interface Circulating extends Folio {
  readonly edge: Edge;
  readonly cancellationReasonId: string;
}

/** FOLIO knows no such reader (any more). */
export const NO_SUCH_USER: Denied = { code: 'OTHER', libraryCode: 'user not found' };
/** The loan or hold is not in the reader's own list; whether it exists is not told. */
export const NOT_YOURS: Denied = { code: 'NOT_YOURS' };
