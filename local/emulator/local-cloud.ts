import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Database } from './database';
import type { Emulator, EmulatorOptions } from './emulator';
import { CallerTokens, type Caller } from './functions/caller';
import { asEvent, isOpenid, parseEvent, pushCaller, timerEvent } from './functions/events';
import { FunctionHost } from './functions/function-host';
import { mayInvoke, parseInvokeRules, type InvokeRules } from './functions/invoke-rules';
import { startWireServer, type WireHandlers, type WireServer } from './http/wire-server';
import { encodeAnswer, readParameters } from './open-api/codec';
import { OpenApi } from './open-api/open-api';
import type { OutboxEntry } from './open-api/outbox';
import type { Script } from './open-api/wechat-state';
import { PlatformError } from './platform-error';
import { FileLinks } from './storage/file-links';
import { FileStore } from './storage/file-store';
import { serveFile } from './storage/serve-files';
import { StorageActions } from './storage/storage-actions';
import { Timers, type Firing } from './timers/timers';

/** The function that takes what WeChat pushes. */
const PUSH_FUNCTION = 'messages';

/** The parts of the cloud, put together. */
export class LocalCloud implements Emulator {
  readonly #options: EmulatorOptions;
  readonly #database: Database;
  readonly #store: FileStore;
  readonly #links: FileLinks;
  readonly #wire: WireServer;
  readonly #tokens = new CallerTokens(randomBytes(32));
  readonly #functions: FunctionHost;
  readonly #storage: StorageActions;
  readonly #openApi: OpenApi;
  readonly #timers: Timers;
  #rules: InvokeRules;

  private constructor(options: EmulatorOptions, database: Database, store: FileStore, wire: WireServer) {
    const { clock, dataDir, log } = options;
    this.#options = options;
    this.#database = database;
    this.#store = store;
    this.#wire = wire;
    this.#rules = parseInvokeRules(options.rules);
    this.#functions = new FunctionHost({ ...options, url: wire.url, tokens: this.#tokens });
    this.#links = new FileLinks(randomBytes(32), clock);
    this.#storage = new StorageActions(store, this.#links, wire.fileBase);
    this.#openApi = new OpenApi({
      dir: path.join(dataDir, 'open-api'),
      clock,
      isPermitted: (name, api) => this.#functions.definition(name)?.openApis.has(api) ?? false,
      push: (event) => this.#push(event),
      log,
    });
    this.#timers = new Timers(clock, ({ function: name, trigger, at }) =>
      this.#callQuietly(name, timerEvent(trigger, at), { source: 'wx_trigger', timer: true }),
    );
    this.#armTimers();
  }

  /** @throws {Error} leaving nothing open */
  static async open(options: EmulatorOptions): Promise<LocalCloud> {
    const { dataDir, schema, clock, log } = options;
    mkdirSync(dataDir, { recursive: true });
    const database = await Database.open({ dir: path.join(dataDir, 'database'), schema, clock, log });
    let wire: WireServer | undefined;
    try {
      const store = await FileStore.open(path.join(dataDir, 'storage'));
      // nobody knows the address before the cloud is there
      const started = await startWireServer(() => cloud.#handlers());
      wire = started;
      const cloud = new LocalCloud(options, database, store, started);
      return cloud;
    } catch (error) {
      await wire?.close();
      await database.close();
      throw error;
    }
  }

  get url(): string {
    return this.#wire.url;
  }

  async callAsClient(call: { function: string; openid: string; event: unknown }): Promise<unknown> {
    const { function: name, openid } = call;
    if (openid !== '' && !isOpenid(openid)) {
      throw new PlatformError('INVALID_PARAM', 'the openid is not well-formed');
    }
    if (!mayInvoke(this.#rules, name, openid)) {
      throw new PlatformError('PERMISSION_DENIED', `the function rules do not let a client call ${name}`);
    }
    if (openid) this.#openApi.noteVisit(openid);
    const answer = await this.#functions.call(name, asEvent(call.event), { openid, source: 'wx_client' });
    return JSON.parse(answer) as unknown;
  }

  async uploadAsClient(upload: { openid: string; cloudPath: string; content: Readable }): Promise<string> {
    const { openid, cloudPath, content } = upload;
    if (!isOpenid(openid)) {
      content.resume();
      throw new PlatformError('PERMISSION_DENIED', 'only who has an identity may upload');
    }
    this.#openApi.noteVisit(openid);
    return this.#storage.uploadAsClient(openid, cloudPath, content);
  }

  async callAsPlatform(call: { function: string; event: unknown }): Promise<unknown> {
    const event = asEvent(call.event);
    const isPush = call.function === PUSH_FUNCTION;
    if (isPush) this.#openApi.notePush(event);
    const caller = isPush ? pushCaller(event) : { source: 'wx_trigger' };
    return JSON.parse(await this.#functions.call(call.function, event, caller)) as unknown;
  }

  outbox(): OutboxEntry[] {
    return this.#openApi.outbox;
  }

  scriptOpenApi(script: Script): void {
    this.#openApi.addScript(script);
  }

  addCredits(openid: string, template: string, count: number): number {
    return this.#openApi.addCredits(openid, template, count);
  }

  async moveClock(now: number): Promise<Firing[]> {
    const { clock } = this.#options;
    const before = clock.now();
    clock.set(now);
    this.#functions.syncClock();
    return this.#timers.clockMoved(before);
  }

  async reset(): Promise<void> {
    await this.#functions.stopInstances();
    this.#options.clock.set(Date.now());
    this.#functions.syncClock();
    this.#armTimers();
    this.#openApi.reset();
    await Promise.all([this.#database.reset(), this.#store.clear()]);
  }

  async reloadFunctions(changed: { functionsDir?: string; rules?: InvokeRules } = {}): Promise<void> {
    const rules = changed.rules && parseInvokeRules(changed.rules);
    await this.#functions.reload(changed.functionsDir);
    if (rules) this.#rules = rules;
    this.#armTimers();
  }

  async close(): Promise<void> {
    this.#timers.stop();
    await this.#functions.stopInstances();
    await this.#wire.close();
    this.#openApi.close();
    await this.#database.close();
  }

  #handlers(): WireHandlers {
    return {
      action: (action, params) => this.#handleAction(action, params),
      openApi: (parts) => this.#handleOpenApi(parts),
      file: (link, req, res) => serveFile(this.#store, this.#links, link, req, res),
      log: this.#options.log,
    };
  }

  async #handleAction(action: string, params: Record<string, unknown>): Promise<Record<string, unknown>> {
    if (this.#database.handles(action)) return this.#database.handle(action, params);
    if (action.startsWith('storage.')) return this.#storage.handle(action, params);
    if (action === 'functions.invokeFunction') return this.#callNested(params);
    throw new PlatformError('INVALID_ACTION', `this emulator does not know the action ${action}`);
  }

  /** A function calls a function: no rules apply, and it goes on for whom the caller runs. */
  async #callNested(params: Record<string, unknown>): Promise<Record<string, unknown>> {
    const running = this.#tokens.read(params['wxCloudApiToken']);
    const caller = { openid: running?.openid, source: running ? `${running.source},scf` : 'unknown' };
    const event = parseEvent(params['request_data']);
    return {
      data: { response_data: await this.#functions.call(String(params['function_name']), event, caller) },
    };
  }

  async #handleOpenApi(parts: Map<string, Buffer>): Promise<Buffer> {
    const text = (name: string): string => parts.get(name)?.toString() ?? '';
    const action = text('action');
    if (action !== 'wx.openApi') {
      throw new PlatformError('INVALID_ACTION', `this emulator does not know the action ${action}`);
    }
    const parameters = readParameters(parts.get('requestData') ?? Buffer.alloc(0));
    const running = this.#tokens.read(text('wxCloudApiToken'));
    return encodeAnswer(this.#openApi.call(text('apiName'), parameters, running));
  }

  async #push(event: Record<string, unknown>): Promise<void> {
    if (this.#functions.has(PUSH_FUNCTION)) {
      await this.#callQuietly(PUSH_FUNCTION, event, pushCaller(event));
    } else {
      this.#options.log(`push: there is no function ${PUSH_FUNCTION}`);
    }
  }

  async #callQuietly(name: string, event: Record<string, unknown>, caller: Caller): Promise<void> {
    try {
      await this.#functions.call(name, event, caller);
    } catch (error) {
      this.#options.log(`[${name}] ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #armTimers(): void {
    this.#timers.arm(
      this.#functions.definitions.flatMap((definition) =>
        definition.timers.map((timer) => ({ function: definition.name, ...timer })),
      ),
    );
  }
}
