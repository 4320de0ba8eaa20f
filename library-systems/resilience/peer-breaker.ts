import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
} from 'cockatiel';
import type { CircuitBreakerPolicy } from 'cockatiel';
import type { SystemStatus } from '../../contracts/library';
import { LibraryFault } from '../library-fault';
import { NotAsked } from './not-asked';
import type { ResilienceSettings } from './settings';

/**
 * Whether a failure says that the peer is down. Not REJECTED: a peer that
 * refuses us is up, and to call a wrong password "maintenance" would hide it.
 * Not GARBLED: one broken record is no outage, and a peer that answers nonsense
 * does so at once and holds nobody up.
 */
export function saysDown(error: unknown): boolean {
  if (!(error instanceof LibraryFault) || error instanceof NotAsked) return false;
  return error.code === 'UNREACHABLE' || error.code === 'TIMEOUT' || error.code === 'LOST';
}

/**
 * Spares a peer that does not answer, and those who ask it the waiting. After
 * some failures in a row nothing is passed on for a while; then one call is, and
 * what becomes of it decides. Each time the peer stays down the while doubles.
 */
export class PeerBreaker {
  readonly #policy: CircuitBreakerPolicy;
  #since = 0;
  #retryAt = 0;

  /** @param changed told each change of state */
  constructor(
    { failures, openMs, longestOpenMs }: ResilienceSettings['breaker'],
    changed: (state: 'ok' | 'down' | 'recovering') => void,
  ) {
    this.#policy = circuitBreaker(handleWhen(saysDown), {
      breaker: new ConsecutiveBreaker(failures),
      halfOpenAfter: new DelegateBackoff<unknown, number>((_context, before = openMs / 2) => {
        const delay = Math.min(before * 2, longestOpenMs);
        this.#retryAt = Date.now() + delay;
        return { delay, state: delay };
      }),
    });
    let last = CircuitState.Closed;
    this.#policy.onStateChange((state) => {
      if (last === CircuitState.Closed) this.#since = Date.now();
      last = state;
      changed(this.state);
    });
  }

  get state(): 'ok' | 'down' | 'recovering' {
    if (this.#policy.state === CircuitState.Closed) return 'ok';
    return this.#policy.state === CircuitState.HalfOpen ? 'recovering' : 'down';
  }

  status(): SystemStatus {
    const { state } = this;
    if (state === 'ok') return { state };
    const since = new Date(this.#since).toISOString();
    if (state === 'recovering' || this.#retryAt <= Date.now()) return { state, since };
    return { state, since, retryAt: new Date(this.#retryAt).toISOString() };
  }

  /** @throws {NotAsked} while the peer is spared, and while another call finds out whether it is back */
  check(): void {
    const { state } = this;
    if (state === 'ok' || (state === 'down' && this.#retryAt <= Date.now())) return;
    throw new NotAsked('open', 'The library system does not answer and is left in peace for now');
  }

  /** Runs a call whose failure or success tells about the peer. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    this.check();
    try {
      return await this.#policy.execute(call);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new NotAsked('open', 'The library system does not answer and is left in peace for now');
    }
  }
}
