import type { SystemStatus } from '../../contracts/library';
import type { ConnectedSystem, ItemState } from '../connected-system';
import type { LibrarySystem } from '../library-system';
import { describeSystem, operations } from '../operations';
import type { OperationName } from '../operations';
import { systemFromCalls } from '../system-from-calls';
import { BibMemory } from './bib-memory';
import { Guard } from './guard';
import type { Observer } from './guard';
import type { ResilienceSettings } from './settings';

export type { Observer } from './guard';
export { DEFAULT_RESILIENCE, ResilienceSettings } from './settings';

type Extras = Partial<Pick<ConnectedSystem, 'itemStates' | 'diagnose' | 'close'>>;

/** What is known about the calls to one peer at this moment. */
export interface PeerState {
  status: SystemStatus;
  /** Calls that the peer is answering now. */
  running: number;
  waiting: number;
  /** Of the running ones: those nobody waits for any more. Their adapter holds them beyond its time limit. */
  overdue: number;
}

export interface Resilient<S> {
  /** The same members as the system within, and `status`. */
  readonly system: S & Required<Pick<LibrarySystem, 'status'>>;
  readonly state: () => PeerState;
  /** Takes new settings for the calls to come. */
  readonly configure: (settings: ResilienceSettings) => void;
  /** Resolves when no call runs or waits any more. */
  readonly idle: () => Promise<void>;
}

/**
 * Stands before a library system and keeps both sides from harm: the system from
 * more calls than it takes, readers from waiting for one that does not answer.
 * Every operation of the port passes through here; see README.md for what is
 * done to each. Answers may be shared between callers: nobody may change them.
 */
export function makeResilient<S extends LibrarySystem & Extras>(
  within: S,
  settings: ResilienceSettings,
  observer: Observer = {},
): Resilient<S> {
  const guard = new Guard(settings, observer);
  let bibs = new BibMemory(settings.bibCache);
  const status = async (): Promise<SystemStatus> => guard.breaker.status();

  const ask = (name: OperationName, input: unknown): Promise<unknown> => {
    if (name === 'system.status') return status();
    const operation = operations[name];
    const perform = operation.of(within) as ((input: unknown) => Promise<unknown>) | undefined;
    if (perform === undefined) throw new TypeError(`${name} was absent when the system was wrapped`);
    const run = (): Promise<unknown> => perform(input);
    return operation.kind === 'write' ? guard.write(name, input, run) : guard.read(name, input, run);
  };

  const askBib = async (bibId: string) => {
    const known = bibs.get(bibId);
    if (known !== undefined) {
      observer.remembered?.('catalog.bib');
      return known;
    }
    const bib = (await ask('catalog.bib', { bibId })) as Parameters<BibMemory['keep']>[1];
    bibs.keep(bibId, bib);
    return bib ?? undefined;
  };

  const wrapped = systemFromCalls(describeSystem(within), ((name: OperationName, input: unknown) =>
    ask(name, input)) as Parameters<typeof systemFromCalls>[1]);
  const { itemStates } = within;
  const system = {
    ...within,
    ...wrapped,
    status,
    ...(wrapped.catalog && { catalog: { ...within.catalog, ...wrapped.catalog, bib: askBib } }),
    ...(itemStates && {
      itemStates: (barcodes: readonly string[]): Promise<Map<string, ItemState>> =>
        guard.read('itemStates', { barcodes }, () => itemStates(barcodes)),
    }),
  };
  return {
    system,
    state: () => ({
      status: guard.breaker.status(),
      running: guard.queue.running,
      waiting: guard.queue.waiting,
      overdue: guard.overdue,
    }),
    configure: (next) => {
      bibs = new BibMemory(next.bibCache);
      guard.configure(next);
    },
    idle: () => guard.queue.idle(),
  };
}
