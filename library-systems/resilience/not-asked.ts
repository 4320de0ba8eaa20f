import { LibraryFault } from '../library-fault';

/**
 * Why the library system was left in peace:
 * - open: it does not answer, and was to be spared
 * - full: too many calls wait already
 * - waited: no turn came in time
 * - reader: this reader has too many calls under way, or asked too often
 */
export type NotAskedReason = 'open' | 'full' | 'waited' | 'reader';

/** A call that never reached the library system: certainly not done, and not a fault of the peer. */
export class NotAsked extends LibraryFault {
  constructor(
    readonly why: NotAskedReason,
    message: string,
  ) {
    super('UNREACHABLE', message);
  }
}
