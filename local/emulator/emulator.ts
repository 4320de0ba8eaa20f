import type { Readable } from 'node:stream';
import type { ShiftableClock } from '../clock';
import type { DatabaseSchema } from './database';
import type { PoolLimits } from './functions/function-pool';
import type { InvokeRules } from './functions/invoke-rules';
import type { OutboxEntry } from './open-api/outbox';
import type { Script } from './open-api/wechat-state';
import type { Firing } from './timers/timers';

export interface EmulatorOptions {
  /** Everything durable lies below it. */
  dataDir: string;
  /** Built functions: `<name>/index.js` and `<name>/config.json`. */
  functionsDir: string;
  schema: DatabaseSchema;
  rules: InvokeRules;
  /** Added to every function's environment, e.g. the gateway's address and key. */
  functionEnv: Record<string, string>;
  clock: ShiftableClock;
  log: (line: string) => void;
  limits?: PoolLimits;
}

/** WeChat's cloud on one machine. */
export interface Emulator {
  /** The SDK endpoint, on a loopback port of its own with an unguessable path. */
  readonly url: string;
  /**
   * Calls as `wx.cloud.callFunction` of a mini program does; an empty openid is a client without identity.
   * @returns the function's own answer
   * @throws {PlatformError} what the platform itself refused or could not finish
   */
  callAsClient(call: { function: string; openid: string; event: unknown }): Promise<unknown>;
  /**
   * Uploads as `wx.cloud.uploadFile` of a mini program does: a client writes what is not there, or its own.
   * @returns the file's id
   * @throws {PlatformError}
   */
  uploadAsClient(upload: { openid: string; cloudPath: string; content: Readable }): Promise<string>;
  /** Calls as the platform does: pushes and operators; no rules apply. @throws {PlatformError} */
  callAsPlatform(call: { function: string; event: unknown }): Promise<unknown>;
  /** Everything that functions had WeChat send. */
  outbox(): OutboxEntry[];
  /** Prescribes what an open API answers next. @throws {Error} for one that is not known */
  scriptOpenApi(script: Script): void;
  /** Gives a reader subscriptions to a message template. @returns what the reader now has */
  addCredits(openid: string, template: string, count: number): number;
  /** Moves the clock, ms since the epoch; timers whose moment passed fire once and have ended on return. */
  moveClock(now: number): Promise<Firing[]>;
  /** Forgets all data, files, messages and instances, and goes back to the machine's time. */
  reset(): Promise<void>;
  /** Takes the functions that lie in the folder now, or in another one, and other rules if given. */
  reloadFunctions(changed?: { functionsDir?: string; rules?: InvokeRules }): Promise<void>;
  close(): Promise<void>;
}
