import type { LibrarySystem } from '../library-systems/library-system';
import { createGatewayApp } from './app';
import type { RequestObserver } from './app';
import { checkKeys } from './authenticate';
import type { GatewayKey } from './authenticate';
import { serve } from './serve';
import type { ServeOptions, TlsMaterial } from './serve';

export interface GatewayOptions extends Partial<ServeOptions> {
  library: LibrarySystem | (() => Promise<LibrarySystem>);
  /** One key, or two while keys are changed: both are valid. */
  keys: readonly GatewayKey[];
  clock: { now(): number };
  /** Takes audit lines: JSON, without personal data, without inputs. */
  log: (line: string) => void;
  observer?: RequestObserver;
}

export interface RunningGateway {
  url: string;
  /** Whether it takes requests: not while it stops. */
  isReady(): boolean;
  /** Takes new keys and certificates for the requests to come. */
  change(change: { keys: readonly GatewayKey[]; tls?: TlsMaterial }): void;
  /**
   * Lets running requests end first.
   * @param stop ms: how long `/ready` says no before the door closes, and how long running requests may go on
   */
  close(stop?: { announceMs?: number; graceMs?: number }): Promise<void>;
}

const GRACE_MS = 10_000;

/** Starts the gateway before a library system. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { library, clock, log, observer } = options;
  checkKeys(options.keys);
  let { keys } = options;
  let stopping = false;
  const isReady = (): boolean => !stopping;
  const app = createGatewayApp({
    library: typeof library === 'function' ? library : async () => library,
    keys: () => keys,
    isReady,
    clock,
    log,
    ...(observer && { observer }),
  });
  const served = await serve(app, { ...options, host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  return {
    url: served.url,
    isReady,
    change({ keys: next, tls }) {
      checkKeys(next);
      if (tls) served.renew(tls);
      keys = next;
    },
    async close({ announceMs = 0, graceMs = GRACE_MS } = {}) {
      stopping = true;
      if (announceMs > 0) await new Promise((resolve) => setTimeout(resolve, announceMs));
      await served.close(graceMs);
    },
  };
}
