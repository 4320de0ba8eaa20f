import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { startGateway } from '../../gateway';
import { isGatewayFile, readGatewayFile } from '../../gateway/config';
import { hostLibrary } from '../../gateway/host-library';
import { readSecrets } from '../../gateway/secrets';
import type { Secrets } from '../../gateway/secrets';
import { ConfigurationError } from '../../library-systems/configuration-error';
import { openDemoLibrary, type DemoLibrary } from '../../library-systems/demo';
import type { ExportedReader } from '../../library-systems/demo/circulation/export-loans';
import type { LibrarySystem } from '../../library-systems/library-system';
import { DEFAULT_RESILIENCE } from '../../library-systems/resilience';
import { connectLibrary, readConfigFile, readLibraryConfig, resolveFiles } from '../../library-systems/setup';
import type { LibraryConfig as SystemsConfig } from '../../library-systems/setup';
import type { Clock } from '../clock';
import { startFaultyLink, type LinkFault } from '../faulty-link';
import { UsageError } from './arguments';

const GatewayConfig = v.strictObject({
  url: v.pipe(v.string(), v.url()),
  keyId: v.pipe(v.string(), v.minLength(1)),
  secret: v.pipe(v.string(), v.minLength(1)),
  timeoutMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});
const Gateway = v.strictObject({ gateway: GatewayConfig });
const Demo = v.strictObject({ kind: v.literal('demo') });

/** The demo, a gateway that runs elsewhere, or systems that are connected here. */
type LibraryChoice = v.InferOutput<typeof Gateway> | v.InferOutput<typeof Demo> | { systems: SystemsConfig };

/** The library that the functions reach through a gateway. */
export interface OpenLibrary {
  /** What the functions need to find the gateway. */
  functionEnv: Record<string, string>;
  /** Ours, with readers to play. */
  isDemo: boolean;
  /** All loans that the demo knows of; absent for any other library. */
  exportLoans?: () => Iterable<ExportedReader>;
  /** A book of the demo is brought back at its counter, named by its barcode; absent for any other library. */
  takeBack?: (barcode: string) => Promise<void>;
  /** Absent for a library that is not ours to disturb. */
  setFault?: (fault: LinkFault) => void;
  /** Puts its data back to the beginning, where they are ours. */
  reset: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * @param library `demo` or the path of a configuration file
 * @throws {UsageError} when it is neither, or the file is not as it should be
 */
export function chooseLibrary(library: string): LibraryChoice {
  if (library === 'demo') return { kind: 'demo' };
  if (!existsSync(library)) {
    throw new UsageError(`--library ${library}: neither "demo" nor a configuration file`);
  }
  try {
    const json = readConfigFile(library);
    if (v.is(Demo, json)) return json;
    if (typeof json === 'object' && json !== null && 'gateway' in json) return v.parse(Gateway, json);
    if (isGatewayFile(json)) return { systems: readLibraryConfig(readGatewayFile(library).library) };
    return { systems: readLibraryConfig(resolveFiles(json, path.dirname(library))) };
  } catch (error) {
    throw new UsageError(`--library ${library}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface OpenOptions {
  dataDir: string;
  /** The file of secrets, if there is one. */
  secrets: string | undefined;
  clock: Clock;
  log: (line: string) => void;
}

/** Opens the library that was configured; the demo runs behind a gateway like any other. */
export async function openLibrary(
  config: LibraryChoice,
  { dataDir, secrets, clock, log }: OpenOptions,
): Promise<OpenLibrary> {
  if ('gateway' in config) {
    const { url, keyId, secret, timeoutMs } = config.gateway;
    return {
      functionEnv: gatewayEnv(url, keyId, secret, timeoutMs),
      isDemo: false,
      reset: async () => {},
      close: async () => {},
    };
  }
  const library =
    'systems' in config
      ? await connect(config.systems, readSecretsFrom(secrets, log), clock)
      : await openDemo(dataDir, clock);
  // lives as long as this process: nobody else is to reach the library through it
  const key = { id: 'local', secret: randomBytes(32).toString('base64url') };
  const gateway = await startGateway({ library, keys: [key], clock, log });
  const link = await startFaultyLink(gateway.url, log);
  const { counter } = library;
  return {
    functionEnv: gatewayEnv(link.url, key.id, key.secret),
    isDemo: !('systems' in config),
    ...(library.exportLoans && { exportLoans: library.exportLoans }),
    ...(counter && { takeBack: (barcode) => counter.takeBack(barcode) }),
    setFault: (fault) => link.set(fault),
    reset: () => library.reset(),
    close: async () => {
      await link.close();
      await gateway.close();
      await library.close();
    },
  };
}

type OwnLibrary = LibrarySystem &
  Pick<OpenLibrary, 'reset' | 'close' | 'exportLoans'> &
  Partial<Pick<DemoLibrary, 'counter'>>;

/** How long running calls to systems elsewhere may go on when we end, in ms. */
const CLOSE_MS = 2_000;

async function openDemo(dataDir: string, clock: Clock): Promise<OwnLibrary> {
  const demo = await openDemoLibrary({
    catalogFile: path.join(__dirname, '../seed/catalog/books.jsonl.gz'),
    dataDir: path.join(dataDir, 'library'),
    clock,
  });
  demo.prepare();
  return demo;
}

/** @throws {UsageError} when there is no such file */
function readSecretsFrom(file: string | undefined, log: (line: string) => void): Secrets['secret'] {
  try {
    const { secret, warning } = readSecrets(file, process.env);
    if (warning !== undefined) log(warning);
    return secret;
  } catch (error) {
    if (error instanceof ConfigurationError) throw new UsageError(`--secrets: ${error.message}`);
    throw error;
  }
}

/** Systems elsewhere keep the time of their own, and their data are not ours to put back. */
async function connect(config: SystemsConfig, secret: Secrets['secret'], clock: Clock): Promise<OwnLibrary> {
  const context = { secret, clock };
  try {
    const hosted = await hostLibrary(
      (_json, { protect, ...given }) => connectLibrary(config, given, protect),
      config,
      context,
      () => DEFAULT_RESILIENCE,
    );
    return { ...hosted.system, reset: async () => {}, close: () => hosted.close(CLOSE_MS) };
  } catch (error) {
    if (error instanceof ConfigurationError) throw new UsageError(`--library: ${error.message}`);
    throw error;
  }
}

const gatewayEnv = (
  url: string,
  keyId: string,
  secret: string,
  timeoutMs?: number,
): Record<string, string> => ({
  LIBRARY_GATEWAY_URL: url,
  LIBRARY_GATEWAY_KEY_ID: keyId,
  LIBRARY_GATEWAY_KEY: secret,
  ...(timeoutMs === undefined ? {} : { LIBRARY_TIMEOUT_MS: String(timeoutMs) }),
});
