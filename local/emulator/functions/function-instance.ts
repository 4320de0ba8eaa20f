import { Worker } from 'node:worker_threads';
import { PlatformError } from '../platform-error';
import { buildWorker } from './build-worker';
import type { FunctionDefinition } from './function-definition';
import type { WorkerCall, WorkerReport, WorkerStart } from './worker-messages';

/** Longest answer of a function: 1 MB. */
export const RESULT_LIMIT = 1024 * 1024;
/** How long loading the bundle may take, ms; the platform does not count it against the time limit either. */
const LOAD_LIMIT_MS = 15_000;

export interface InstanceOptions {
  definition: FunctionDefinition;
  /** The whole environment of the function, apart from who calls. */
  environment: Record<string, string>;
  clockOffset: SharedArrayBuffer;
  log: (line: string) => void;
}

interface Pending {
  resolve: (json: string) => void;
  reject: (error: PlatformError) => void;
}

/** One worker thread with one function in it, for one event at a time. */
export class FunctionInstance {
  readonly #definition: FunctionDefinition;
  readonly #log: (line: string) => void;
  readonly #worker: Worker;
  readonly #loaded: Promise<void>;
  readonly #ended: Promise<void>;
  #pending: Pending | undefined;
  #death: PlatformError | undefined;

  constructor({ definition, environment, clockOffset, log }: InstanceOptions) {
    this.#definition = definition;
    this.#log = log;
    const start: WorkerStart = { file: definition.file, clockOffset, resultLimit: RESULT_LIMIT };
    this.#worker = new Worker(buildWorker(), {
      eval: true,
      workerData: start,
      env: environment,
      // what this process was started with (a TypeScript loader, a debugger) is not the function's
      execArgv: [],
      argv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: definition.memoryMb },
    });
    this.#loaded = this.#awaitLoading();
    // a load that fails is told to the call that waits for it
    this.#loaded.catch(() => undefined);
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (exitCode) => {
        this.#die(
          new PlatformError('FUNCTIONS_EXECUTE_FAIL', `the function ended its process with code ${exitCode}`),
        );
        resolve();
      });
    });
    this.#worker.on('message', (report: WorkerReport) => this.#hear(report));
    this.#worker.on('error', (error) => this.#die(this.#explain(error)));
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => log(`[${definition.name}] ${text.trimEnd()}`));
    }
  }

  get alive(): boolean {
    return this.#death === undefined;
  }

  /**
   * Runs one event; never two at a time.
   * @returns the answer as JSON
   * @throws {PlatformError} when the function failed, took too long or too much, or answered too much
   */
  async call(call: WorkerCall): Promise<string> {
    await this.#loaded;
    const { timeoutMs } = this.#definition;
    return new Promise<string>((resolve, reject) => {
      if (this.#death) return reject(this.#death);
      const timer = setTimeout(() => {
        this.#die(
          new PlatformError(
            'FUNCTIONS_TIME_LIMIT_EXCEEDED',
            `Invoking task timed out after ${timeoutMs / 1000} seconds`,
          ),
        );
      }, timeoutMs);
      this.#pending = {
        resolve: (json) => (clearTimeout(timer), resolve(json)),
        reject: (error) => (clearTimeout(timer), reject(error)),
      };
      this.#worker.postMessage(call);
    });
  }

  /** Ends the worker; a call in flight fails. */
  async stop(): Promise<void> {
    this.#die(new PlatformError('FUNCTIONS_EXECUTE_FAIL', 'the instance was stopped'));
    await this.#ended;
  }

  #awaitLoading(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#die(new PlatformError('FUNCTIONS_TIME_LIMIT_EXCEEDED', 'the function took too long to load'));
      }, LOAD_LIMIT_MS);
      this.#pending = {
        resolve: () => (clearTimeout(timer), resolve()),
        reject: (error) => (clearTimeout(timer), reject(error)),
      };
    });
  }

  #hear(report: WorkerReport): void {
    switch (report.type) {
      case 'log':
        this.#log(`[${this.#definition.name} ${report.requestId || 'loading'}] ${report.text}`);
        return;
      case 'loaded':
        return this.#settle((pending) => pending.resolve(''));
      case 'load-failed':
        return this.#die(new PlatformError('FUNCTIONS_EXECUTE_FAIL', report.reason));
      case 'answered':
        return this.#settle((pending) => pending.resolve(report.json));
      case 'failed':
        return this.#settle((pending) =>
          pending.reject(new PlatformError('FUNCTIONS_EXECUTE_FAIL', report.reason)),
        );
      case 'answer-too-large':
        return this.#settle((pending) =>
          pending.reject(
            new PlatformError(
              'CLOUDFUNCTION_RESULT_SIZE_EXCEED_LIMIT',
              `cloudfunction result size exceed limit (1MB): ${report.bytes} bytes`,
            ),
          ),
        );
    }
  }

  #settle(settle: (pending: Pending) => void): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending) settle(pending);
  }

  #die(reason: PlatformError): void {
    if (this.#death) return;
    this.#death = reason;
    this.#settle((pending) => pending.reject(reason));
    void this.#worker.terminate();
  }

  #explain(error: unknown): PlatformError {
    const { code, stack } = error as NodeJS.ErrnoException;
    return code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? new PlatformError(
          'FUNCTIONS_MEMORY_LIMIT_EXCEEDED',
          `the function used more than its ${this.#definition.memoryMb} MB`,
        )
      : new PlatformError('FUNCTIONS_EXECUTE_FAIL', stack ?? String(error));
  }
}
