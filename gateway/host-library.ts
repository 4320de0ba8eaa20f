import type { SystemStatus } from '../contracts/library';
import type { AdapterContext, ConnectedSystem } from '../library-systems/connected-system';
import type { LibrarySystem } from '../library-systems/library-system';
import { makeResilient } from '../library-systems/resilience';
import type { Observer, PeerState, Resilient, ResilienceSettings } from '../library-systems/resilience';

/** What a library is connected with here. */
export interface HostContext extends AdapterContext {
  /**
   * Puts budget, breaker and time limits before one part of a library that is composed of several peers, so that
   * one that is down does not take the others with it. A library that calls this for none is guarded as a whole.
   */
  readonly protect: (system: ConnectedSystem, part: string) => ConnectedSystem;
}

/** Checks the configuration of a library and connects it. @throws Error saying what to set */
export type ConnectLibrary = (config: unknown, context: HostContext) => Promise<ConnectedSystem>;

export interface LimitsOf {
  (part: string): ResilienceSettings;
}

export interface HostedLibrary {
  readonly system: LibrarySystem;
  /** Its peers by name. */
  parts(): [part: string, state: PeerState][];
  configure(limits: LimitsOf): void;
  /** Whether one of the secrets that it was connected with has changed. */
  needsOtherSecrets(secret: (envName: string) => string): boolean;
  /** Lets calls on their way end within `graceMs`, then closes its connections. */
  close(graceMs: number): Promise<void>;
}

/** Connects a library and puts what guards it before each of its peers. */
export async function hostLibrary(
  connect: ConnectLibrary,
  config: unknown,
  context: AdapterContext,
  limitsOf: LimitsOf,
  observerOf: (part: string) => Observer = () => ({}),
): Promise<HostedLibrary> {
  const parts = new Map<string, Resilient<ConnectedSystem>>();
  const asked = new Map<string, string>();
  const protect = (system: ConnectedSystem, part: string): ConnectedSystem => {
    if (parts.has(part)) throw new Error(`The library has two parts named ${part}`);
    const resilient = makeResilient(system, limitsOf(part), observerOf(part));
    parts.set(part, resilient);
    return resilient.system;
  };
  const secret = (envName: string): string => {
    const value = context.secret(envName);
    asked.set(envName, value);
    return value;
  };
  const connected = await connect(config, { ...context, secret, protect });
  const guarded = parts.size === 0 ? protect(connected, 'library') : connected;
  const status = async (): Promise<SystemStatus> =>
    worst([...parts.values()].map((part) => part.state().status));
  return {
    system: { ...guarded, status },
    parts: () => [...parts].map(([name, part]) => [name, part.state()]),
    configure: (limits) => {
      for (const [name, part] of parts) part.configure(limits(name));
    },
    needsOtherSecrets: (next) => [...asked].some(([envName, value]) => next(envName) !== value),
    close: async (graceMs) => {
      await atMost(graceMs, Promise.all([...parts.values()].map((part) => part.idle())));
      await connected.close();
    },
  };
}

const ORDER: SystemStatus['state'][] = ['down', 'recovering', 'unknown', 'ok'];

/** A library is as well as the worst of its parts. */
function worst(all: SystemStatus[]): SystemStatus {
  const [first] = [...all].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return first ?? { state: 'unknown' };
}

/** Waits for it, but no longer than `ms`. */
async function atMost(ms: number, waited: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([waited, limit]);
  clearTimeout(timer);
}
