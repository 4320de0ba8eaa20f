import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Observer, PeerState } from '../library-systems/resilience';
import type { RequestObserver } from './app';

/** From a memory's answer to the longest time limit, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];
/** Refused before anybody knew who asked; their operation is what a stranger wrote. */
const REFUSED = new Set<string>([
  'no-signature',
  'unknown-key',
  'clock',
  'wrong-signature',
  'before-start',
  'replayed',
  'too-many',
]);
const STATES = ['ok', 'down', 'recovering'] as const;

/**
 * What the gateway counts. Labels are names of operations, parts and outcomes
 * from closed lists: nothing a reader or a stranger has sent becomes one.
 */
export class Metrics implements RequestObserver {
  readonly registry = new Registry();
  readonly #requests = this.#counter('requests_total', 'Signed requests', ['operation', 'outcome']);
  readonly #refused = this.#counter('refused_total', 'Requests refused before they were read', ['reason']);
  readonly #asked = this.#counter('library_calls_total', 'Calls to the library system', [
    'part',
    'operation',
    'outcome',
  ]);
  readonly #notAsked = this.#counter('library_not_asked_total', 'Calls that were not passed on', [
    'part',
    'operation',
    'reason',
  ]);
  readonly #shared = this.#counter('shared_reads_total', 'Reads answered with a question on its way', [
    'part',
    'operation',
  ]);
  readonly #remembered = this.#counter('remembered_reads_total', 'Reads answered from memory', [
    'part',
    'operation',
  ]);
  readonly #retried = this.#counter('retried_reads_total', 'Reads asked again', ['part', 'operation']);
  readonly #unmapped = this.#counter('unmapped_texts_total', 'Refusal texts that no pattern knows', []);
  readonly #reloads = this.#counter('reloads_total', 'Reloads of the configuration', ['outcome']);
  readonly #seconds = this.#histogram('request_seconds', 'Time from request to answer', ['operation']);
  readonly #callSeconds = this.#histogram('library_call_seconds', 'Time of a call to the library system', [
    'part',
    'operation',
  ]);

  /** @param parts the peers of the library at this moment, by name */
  constructor(parts: () => Iterable<[part: string, state: PeerState]>) {
    collectDefaultMetrics({ register: this.registry });
    const gauge = (
      name: string,
      help: string,
      labels: readonly string[],
      set: (gauge: Gauge, part: string, state: PeerState) => void,
    ): void => {
      new Gauge({
        name: `shutong_gateway_${name}`,
        help,
        labelNames: labels,
        registers: [this.registry],
        collect() {
          this.reset();
          for (const [part, state] of parts()) set(this, part, state);
        },
      });
    };
    gauge('breaker_state', 'Which state holds: 1, the others 0', ['part', 'state'], (g, part, { status }) => {
      for (const state of STATES) g.set({ part, state }, status.state === state ? 1 : 0);
    });
    for (const name of ['running', 'waiting', 'overdue'] as const) {
      gauge(`library_${name}`, `Calls to the library system that are ${name}`, ['part'], (g, part, state) => {
        g.set({ part }, state[name]);
      });
    }
  }

  request(operation: string, outcome: string, ms: number): void {
    if (REFUSED.has(outcome)) return this.#refused.inc({ reason: outcome });
    this.#requests.inc({ operation, outcome });
    this.#seconds.observe({ operation }, ms / 1_000);
  }

  unmapped(): void {
    this.#unmapped.inc();
  }

  reloaded(outcome: 'ok' | 'refused'): void {
    this.#reloads.inc({ outcome });
  }

  /** What counts the calls to one peer. */
  observerOf(part: string): Observer {
    return {
      shared: (operation) => this.#shared.inc({ part, operation }),
      remembered: (operation) => this.#remembered.inc({ part, operation }),
      retried: (operation) => this.#retried.inc({ part, operation }),
      notAsked: (operation, reason) => this.#notAsked.inc({ part, operation, reason }),
      asked: (operation, outcome, ms) => {
        this.#asked.inc({ part, operation, outcome });
        this.#callSeconds.observe({ part, operation }, ms / 1_000);
      },
    };
  }

  #counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name: `shutong_gateway_${name}`, help, labelNames, registers: [this.registry] });
  }

  #histogram(name: string, help: string, labelNames: string[]): Histogram {
    const registers = [this.registry];
    return new Histogram({ name: `shutong_gateway_${name}`, help, labelNames, buckets: BUCKETS, registers });
  }
}
