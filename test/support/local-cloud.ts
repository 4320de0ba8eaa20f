import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import schema from '../../cloudfunctions/schema.json';
import projectRules from '../../cloudfunctions/function-rules.json';
import { startGateway } from '../../gateway';
import { openDemoLibrary } from '../../library-systems/demo';
import { connectGateway } from '../../library-systems/gateway';
import type { LibrarySystem } from '../../library-systems/library-system';
import { ShiftableClock } from '../../local/clock';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../local/emulator';
import type { DatabaseSchema } from '../../local/emulator/database';
import { startFaultyLink } from '../../local/faulty-link';
import { builtFunctions } from '../../tools/build-functions';
import type * as v from 'valibot';
import type { StaffApi } from '../../contracts/staff';
import type { ReaderAction, ReaderInput, ReaderOutput } from '../../contracts';
import type { Result } from '../../contracts/result';

const ROOT = path.resolve(__dirname, '../..');

/** Longest wait of the functions for the library, in ms: what answers on a busy machine answers before that. */
const LIBRARY_TIMEOUT_MS = 10_000;

const dataKey = (): string => randomBytes(32).toString('base64');

export interface LocalCloudOptions {
  /** Puts something between the gateway and the demo library. */
  wrap?: (library: LibrarySystem) => LibrarySystem;
  limits?: EmulatorOptions['limits'];
  /** Functions that are not there: WeChat's pushes come when the test says so. */
  without?: readonly string[];
  /**
   * Timers start functions by themselves, as time passes. Otherwise the test starts them: what a minute's beat changes
   * in between would be there in one run and not in another.
   */
  timers?: boolean;
  /** Other rules than those of the project. */
  rules?: EmulatorOptions['rules'];
}

/** Puts the built functions into a folder, as they are but for what the options leave out. */
async function linkFunctions(
  built: string,
  folder: string,
  { without, timers }: { without: readonly string[]; timers: boolean },
): Promise<void> {
  for (const name of await fs.readdir(built)) {
    if (without.includes(name)) continue;
    await fs.mkdir(path.join(folder, name), { recursive: true });
    for (const file of await fs.readdir(path.join(built, name))) {
      if (file === 'config.json' && !timers) continue;
      await fs.symlink(path.join(built, name, file), path.join(folder, name, file));
    }
    if (timers) continue;
    const config: unknown = JSON.parse(await fs.readFile(path.join(built, name, 'config.json'), 'utf8'));
    const untimed = JSON.stringify({ ...(config as object), triggers: [] });
    await fs.writeFile(path.join(folder, name, 'config.json'), untimed);
  }
}

/**
 * The whole way of a call without a browser: the bundled functions with the
 * real SDKs in workers, the emulator, the signed link, the gateway and the
 * demo library, in a folder of its own.
 */
export async function startLocalCloud({
  wrap = (library) => library,
  limits,
  without = [],
  timers = false,
  rules = projectRules,
}: LocalCloudOptions = {}) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'shutong-test-'));
  const clock = new ShiftableClock();
  const logs: string[] = [];
  const log = (line: string): void => void logs.push(line);
  const functionsDir = path.join(folder, 'functions');
  await linkFunctions(await builtFunctions(), functionsDir, { without, timers });
  const library = await openDemoLibrary({
    catalogFile: path.join(ROOT, 'local/seed/catalog/books.jsonl.gz'),
    dataDir: path.join(folder, 'library'),
    clock,
  });
  const key = { id: 'test', secret: randomBytes(32).toString('hex') };
  const gateway = await startGateway({ library: wrap(library), keys: [key], clock, log });
  const link = await startFaultyLink(gateway.url, log);
  const functionEnv: Record<string, string> = {
    LIBRARY_GATEWAY_URL: link.url,
    LIBRARY_GATEWAY_KEY_ID: key.id,
    LIBRARY_GATEWAY_KEY: key.secret,
    LIBRARY_TIMEOUT_MS: String(LIBRARY_TIMEOUT_MS),
    SHUTONG_DATA_KEYS: `k1:${dataKey()}`,
    SHUTONG_LOOKUP_KEY: dataKey(),
  };
  const open = (): Promise<Emulator> =>
    startEmulator({
      dataDir: path.join(folder, 'cloud'),
      functionsDir,
      schema: schema as DatabaseSchema,
      rules,
      clock,
      log,
      functionEnv,
      ...(limits && { limits }),
    });
  let emulator = await open();

  const restart = async (changes: Record<string, string> = {}): Promise<void> => {
    await emulator.close();
    Object.assign(functionEnv, changes);
    emulator = await open();
  };
  const send = (event: unknown, openid = 'o-test-reader', name = 'reader'): Promise<unknown> =>
    emulator.callAsClient({ function: name, openid, event });

  return {
    clock,
    library,
    link,
    /** The library as the functions see it, without the cloud: what a call to the desk is measured against. */
    throughGateway: (): Promise<LibrarySystem> =>
      connectGateway({ url: gateway.url, keyId: key.id, secret: key.secret, timeoutMs: 10_000 }),
    /** Every line that the functions, the gateway and the emulator logged. */
    logs,
    /** The cloud's own files, the database among them. */
    dataDir: path.join(folder, 'cloud'),
    /** Where the SDKs reach the cloud now. */
    url: (): string => emulator.url,
    send,
    /** An action of the reader function as a client calls it. */
    async call<A extends ReaderAction>(
      action: A,
      input: ReaderInput<A>,
      openid?: string,
    ): Promise<Result<ReaderOutput<A>>> {
      return (await send({ action, input }, openid)) as Result<ReaderOutput<A>>;
    },
    /** Puts a file into the storage as a client does. @returns its id */
    upload: (openid: string, cloudPath: string, bytes: Buffer): Promise<string> =>
      emulator.uploadAsClient({ openid, cloudPath, content: Readable.from([bytes]) }),
    /** An order to the staff function, as whoever holds the keys of the environment gives it. */
    async order<A extends keyof StaffApi>(
      action: A,
      input: Omit<v.InferInput<StaffApi[A]['input']>, 'by'>,
    ): Promise<Result<v.InferOutput<StaffApi[A]['output']>>> {
      const event = { action, input: { by: 'desk-1', ...input } };
      return (await emulator.callAsPlatform({ function: 'staff', event })) as Result<
        v.InferOutput<StaffApi[A]['output']>
      >;
    },
    /** A call as the platform makes it: no rules apply, nobody stands behind it. */
    callAsPlatform: (name: string, event: unknown): Promise<unknown> =>
      emulator.callAsPlatform({ function: name, event }),
    /** What anybody may ask, as a client without an identity does. */
    ask: (code: unknown, openid = ''): Promise<unknown> =>
      send({ action: 'onboarding.verify', input: { code } }, openid, 'public'),
    /** Lets WeChat know that a reader has allowed so many messages of a template. */
    addCredits: (openid: string, template: string, count: number): number =>
      emulator.addCredits(openid, template, count),
    /** Prescribes what WeChat's open API answers next. */
    scriptOpenApi: (script: Parameters<Emulator['scriptOpenApi']>[0]): void => emulator.scriptOpenApi(script),
    /** Lets WeChat know which person an openid is among the accounts of one owner. */
    setUnionid: (openid: string, unionid: string): void => emulator.setUnionid(openid, unionid),
    /** What the functions have asked of it. */
    outbox: () => emulator.outbox(),
    /** What the timer of `jobs` starts each minute. */
    beat: (): Promise<unknown> =>
      emulator.callAsPlatform({
        function: 'jobs',
        event: { Type: 'Timer', TriggerName: 'beat', Time: new Date(clock.now()).toISOString() },
      }),
    /** As time passes: what timers are for in between is done. */
    async passTimeTo(now: number): Promise<void> {
      await emulator.moveClock(now);
    },
    /** Ends all instances where they stand, and the cloud with them; calls in flight fail. Then starts it anew on the same data. */
    restart,
    /** Starts the cloud anew with functions that wait so long for the library, ms; short where it is slow in a test. */
    waitForLibrary: (ms = LIBRARY_TIMEOUT_MS): Promise<void> => {
      library.prepare();
      return restart({ LIBRARY_TIMEOUT_MS: String(ms) });
    },
    /** The keys of the functions; give a changed ring to `restart`. */
    dataKeys: (): string => functionEnv['SHUTONG_DATA_KEYS']!,
    newDataKey: dataKey,
    lookupKey: (): string => functionEnv['SHUTONG_LOOKUP_KEY']!,
    /** As if just started: no data, the library as it began, no faults, the machine's time. */
    async reset(): Promise<void> {
      link.set('none');
      await emulator.reset();
      await library.reset();
    },
    async stop(): Promise<void> {
      await emulator.close();
      await link.close();
      await gateway.close();
      await library.close();
      await fs.rm(folder, { recursive: true, force: true });
    },
  };
}

export type LocalCloud = Awaited<ReturnType<typeof startLocalCloud>>;

/** The data of an answer; fails the test when it is a fault. */
export function dataOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`answered ${JSON.stringify(result.error)}`);
  return result.data;
}
