import { randomUUID } from 'node:crypto';
import type { ShiftableClock } from '../../clock';
import { PlatformError } from '../platform-error';
import type { Caller, CallerTokens } from './caller';
import { readFunctionDefinitions, type FunctionDefinition } from './function-definition';
import { callContext, callEnvironment, CLOUD, platformEnvironment } from './function-environment';
import { FunctionInstance } from './function-instance';
import { FunctionPool, type PoolLimits } from './function-pool';

/** Largest event, in bytes of JSON: 6 MB. */
export const EVENT_LIMIT = 6 * 1024 * 1024;

export interface FunctionHostOptions {
  functionsDir: string;
  /** Where the SDKs in the functions send their requests. */
  url: string;
  /** Added to every function's environment. */
  functionEnv: Record<string, string>;
  tokens: CallerTokens;
  clock: ShiftableClock;
  limits?: PoolLimits | undefined;
  log: (line: string) => void;
}

interface Deployed {
  definition: FunctionDefinition;
  pool: FunctionPool;
}

/** The deployed functions and their instances. */
export class FunctionHost {
  readonly #options: FunctionHostOptions;
  /** One float64 that all workers read: how far the cloud's clock is ahead, ms. */
  readonly #clockOffset = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  #functionsDir: string;
  #deployed: Map<string, Deployed>;

  constructor(options: FunctionHostOptions) {
    this.#options = options;
    this.#functionsDir = options.functionsDir;
    this.#deployed = this.#deploy();
    this.syncClock();
  }

  /** The functions as they are deployed now. */
  get definitions(): FunctionDefinition[] {
    return [...this.#deployed.values()].map(({ definition }) => definition);
  }

  has(name: string): boolean {
    return this.#deployed.has(name);
  }

  definition(name: string): FunctionDefinition | undefined {
    return this.#deployed.get(name)?.definition;
  }

  /** Lets running functions see that the clock was moved. */
  syncClock(): void {
    new Float64Array(this.#clockOffset)[0] = this.#options.clock.offset;
  }

  /**
   * Calls a function; who may call it is decided before.
   * @param event what `main` gets, plus the platform's own `userInfo` and `tcbContext`, which no caller can choose
   * @returns its answer as JSON
   * @throws {PlatformError}
   */
  async call(name: string, event: Record<string, unknown>, caller: Caller): Promise<string> {
    const deployed = this.#deployed.get(name);
    if (!deployed) {
      throw new PlatformError('FUNCTION_NOT_FOUND', `FunctionName parameter could not be found: ${name}`);
    }
    const json = writeEvent({
      ...event,
      userInfo: { appId: CLOUD.appid, ...(caller.openid ? { openId: caller.openid } : {}) },
      ...(caller.openid ? { tcbContext: {} } : {}),
    });
    this.syncClock();
    const requestId = randomUUID();
    const token = this.#options.tokens.make({ function: name, ...caller });
    const environment = callEnvironment(caller, token);
    return deployed.pool.call({
      requestId,
      event: json,
      environment,
      context: callContext(deployed.definition, requestId, { ...this.#environment(), ...environment }),
    });
  }

  /** Takes what lies in the folder now, or in another; calls in flight end on the code they began with. */
  async reload(functionsDir = this.#functionsDir): Promise<void> {
    const before = this.#deployed;
    this.#functionsDir = functionsDir;
    this.#deployed = this.#deploy();
    await Promise.all([...before.values()].map(({ pool }) => pool.retire()));
  }

  /** Ends all instances now; the next call starts afresh. */
  async stopInstances(): Promise<void> {
    const before = this.#deployed;
    this.#deployed = new Map(
      [...before].map(([name, { definition }]) => [name, this.#deployOne(definition)]),
    );
    await Promise.all([...before.values()].map(({ pool }) => pool.stop()));
  }

  #environment(): Record<string, string> {
    return { ...platformEnvironment(this.#options.url), ...this.#options.functionEnv };
  }

  #deploy(): Map<string, Deployed> {
    const definitions = readFunctionDefinitions(this.#functionsDir);
    return new Map([...definitions].map(([name, definition]) => [name, this.#deployOne(definition)]));
  }

  #deployOne(definition: FunctionDefinition): Deployed {
    const start = (): FunctionInstance =>
      new FunctionInstance({
        definition,
        environment: this.#environment(),
        clockOffset: this.#clockOffset,
        log: this.#options.log,
      });
    const { log, limits } = this.#options;
    return { definition, pool: new FunctionPool(definition.name, start, log, limits) };
  }
}

/** @throws {PlatformError} */
function writeEvent(event: Record<string, unknown>): string {
  let json: string;
  try {
    json = JSON.stringify(event);
  } catch (error) {
    // it came as JSON, so it can only be nested too deeply to be written again
    throw new PlatformError('INVALID_PARAM', `the event: ${error instanceof Error ? error.message : ''}`);
  }
  if (Buffer.byteLength(json) <= EVENT_LIMIT) return json;
  throw new PlatformError('EXCEED_REQUEST_SIZE_LIMIT', `the event is larger than ${EVENT_LIMIT} bytes`);
}
