import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ShiftableClock } from '../clock';
import { Database, type DatabaseSchema } from './database';
import { CallerTokens, type Caller } from './functions/caller';
import { asEvent, isOpenid, parseEvent, pushCaller, timerEvent } from './functions/events';
import { FunctionHost } from './functions/function-host';
import type { PoolLimits } from './functions/function-pool';
import { mayInvoke, parseInvokeRules, type InvokeRules } from './functions/invoke-rules';
import { startWireServer } from './http/wire-server';
import { encodeAnswer, readParameters } from './open-api/codec';
import { OpenApi } from './open-api/open-api';
import type { OutboxEntry } from './open-api/outbox';
import type { Script } from './open-api/wechat-state';
import { PlatformError, type PlatformCode } from './platform-error';
import { FileLinks } from './storage/file-links';
import { FileStore } from './storage/file-store';
import { serveFile } from './storage/serve-files';
import { StorageActions } from './storage/storage-actions';
import { Timers, type Firing } from './timers/timers';

export type { InvokeRules, OutboxEntry, Firing, PlatformCode, Script };
export { PlatformError };

/** The function that takes what WeChat pushes. */
const PUSH_FUNCTION = 'messages';

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
  /** Takes the functions that lie in the folder now, or in another one. */
  reloadFunctions(functionsDir?: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the cloud.
 * @throws {Error} when rules, schema or a function's configuration are not what the platform would take
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { dataDir, clock, log } = options;
  const rules = parseInvokeRules(options.rules);
  mkdirSync(dataDir, { recursive: true });
  const database = await Database.open({
    dir: path.join(dataDir, 'database'),
    schema: options.schema,
    clock,
    log,
  });
  const store = await FileStore.open(path.join(dataDir, 'storage'));
  const tokens = new CallerTokens(randomBytes(32));
  const links = new FileLinks(randomBytes(32), clock);

  const wire = await startWireServer(() => ({
    action: (action, params) => handleAction(action, params),
    openApi: (parts) => handleOpenApi(parts),
    file: (link, req, res) => serveFile(store, links, link, req, res),
    log,
  }));
  const functions = new FunctionHost({
    functionsDir: options.functionsDir,
    url: wire.url,
    functionEnv: options.functionEnv,
    tokens,
    clock,
    limits: options.limits,
    log,
  });
  const storage = new StorageActions(store, links, wire.fileBase);
  const openApi = new OpenApi({
    dir: path.join(dataDir, 'open-api'),
    clock,
    isPermitted: (name, api) => functions.definition(name)?.openApis.has(api) ?? false,
    push: async (event) => {
      if (!functions.has(PUSH_FUNCTION)) return log(`push: there is no function ${PUSH_FUNCTION}`);
      await callQuietly(PUSH_FUNCTION, event, pushCaller(event));
    },
    log,
  });
  const timers = new Timers(clock, ({ function: name, trigger, at }) =>
    callQuietly(name, timerEvent(trigger, at), { source: 'wx_trigger', timer: true }),
  );
  armTimers();

  function armTimers(): void {
    timers.arm(
      functions.definitions.flatMap((definition) =>
        definition.timers.map((timer) => ({ function: definition.name, ...timer })),
      ),
    );
  }

  async function callQuietly(name: string, event: Record<string, unknown>, caller: Caller): Promise<void> {
    try {
      await functions.call(name, event, caller);
    } catch (error) {
      log(`[${name}] ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async function handleAction(
    action: string,
    params: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    if (database.handles(action)) return database.handle(action, params);
    if (action.startsWith('storage.')) return storage.handle(action, params);
    if (action === 'functions.invokeFunction') {
      const running = tokens.read(params['wxCloudApiToken']);
      const event = parseEvent(params['request_data']);
      const caller = { openid: running?.openid, source: running ? `${running.source},scf` : 'unknown' };
      return {
        data: { response_data: await functions.call(String(params['function_name']), event, caller) },
      };
    }
    throw new PlatformError('INVALID_ACTION', `this emulator does not know the action ${action}`);
  }

  async function handleOpenApi(parts: Map<string, Buffer>): Promise<Buffer> {
    const text = (name: string): string => parts.get(name)?.toString() ?? '';
    const action = text('action');
    if (action !== 'wx.openApi') {
      throw new PlatformError('INVALID_ACTION', `this emulator does not know the action ${action}`);
    }
    const running = tokens.read(text('wxCloudApiToken'));
    return encodeAnswer(
      openApi.call(text('apiName'), readParameters(parts.get('requestData') ?? Buffer.alloc(0)), running),
    );
  }

  return {
    url: wire.url,
    async callAsClient({ function: name, openid, event }) {
      if (openid !== '' && !isOpenid(openid)) {
        throw new PlatformError('INVALID_PARAM', 'the openid is not well-formed');
      }
      if (!mayInvoke(rules, name, openid)) {
        throw new PlatformError('PERMISSION_DENIED', `the function rules do not let a client call ${name}`);
      }
      if (openid) openApi.noteVisit(openid);
      return JSON.parse(
        await functions.call(name, asEvent(event), { openid, source: 'wx_client' }),
      ) as unknown;
    },
    async callAsPlatform({ function: name, event }) {
      const whole = asEvent(event);
      if (name === PUSH_FUNCTION) openApi.notePush(whole);
      const caller = name === PUSH_FUNCTION ? pushCaller(whole) : { source: 'wx_trigger' };
      return JSON.parse(await functions.call(name, whole, caller)) as unknown;
    },
    outbox: () => openApi.outbox,
    scriptOpenApi: (script) => openApi.addScript(script),
    addCredits: (openid, template, count) => openApi.addCredits(openid, template, count),
    moveClock: (now) => {
      const before = clock.now();
      clock.set(now);
      functions.syncClock();
      return timers.clockMoved(before);
    },
    async reset() {
      await functions.stopInstances();
      clock.set(Date.now());
      functions.syncClock();
      armTimers();
      openApi.reset();
      await Promise.all([database.reset(), store.clear()]);
    },
    async reloadFunctions(functionsDir) {
      await functions.reload(functionsDir);
      armTimers();
    },
    async close() {
      timers.stop();
      await functions.stopInstances();
      await wire.close();
      openApi.close();
      await database.close();
    },
  };
}
