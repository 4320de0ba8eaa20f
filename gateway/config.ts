import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { ResilienceSettings } from '../library-systems/resilience';
import { checkKeys } from './authenticate';
import type { GatewayKey } from './authenticate';
import { ConfigurationError } from '../library-systems/configuration-error';
import { describeIssues, readConfigFile, resolveFiles } from '../library-systems/setup';
import { readSecrets } from './secrets';
import type { Secrets } from './secrets';
import type { TlsMaterial } from './serve';

const Host = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(255)), '127.0.0.1');
const Port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));
const File = v.pipe(v.string(), v.minLength(1));
const EnvName = v.pipe(
  v.string(),
  v.regex(/^[A-Z_][A-Z0-9_]*$/i, 'must be the name of an environment variable, such as GATEWAY_KEY'),
);
const Ms = (fallback: number) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000)), fallback);

/** The configuration file of a gateway. File names are relative to the file itself; times in milliseconds. */
export const GatewayFile = v.strictObject({
  /** Ignored; lets an editor find the published JSON Schema. */
  $schema: v.optional(v.string()),
  listen: v.strictObject({ host: Host, port: Port }),
  /** HTTPS; with `clientCaFile` only clients whose certificate this authority has signed are let in. */
  tls: v.optional(v.strictObject({ certFile: File, keyFile: File, clientCaFile: v.optional(File) })),
  /** One key, or two while keys are changed. */
  keys: v.array(v.strictObject({ id: v.string(), secretEnv: EnvName })),
  /** An address of its own for /metrics, /health and /ready; outside this machine only with a token. */
  metrics: v.optional(v.strictObject({ host: Host, port: Port, tokenEnv: v.optional(EnvName) })),
  /** How the library system is asked. */
  limits: v.optional(ResilienceSettings, {}),
  /** The same for one part of a library that is composed of several, e.g. `catalog`, `circulation`. */
  partLimits: v.optional(v.record(v.string(), ResilienceSettings), {}),
  /** `announceMs`: how long /ready says 503 before the door closes; `graceMs`: how long running requests may go on. */
  stop: v.optional(v.strictObject({ announceMs: Ms(0), graceMs: Ms(10_000) }), {}),
  /** The library system; see docs/library-systems. */
  library: v.looseObject({}),
});
export type GatewayFile = v.InferOutput<typeof GatewayFile>;

/** A configuration with everything that it names. */
export interface GatewaySettings {
  file: GatewayFile;
  keys: GatewayKey[];
  tls?: TlsMaterial;
  metricsToken?: string;
  secrets: Secrets;
}

/**
 * Reads and checks the configuration and all files and secrets that it names.
 * @throws {ConfigurationError} saying what to set
 */
export function readSettings(
  configFile: string,
  secretsFile: string | undefined,
  environment: Record<string, string | undefined>,
): GatewaySettings {
  const file = readGatewayFile(configFile);
  const secrets = readSecrets(secretsFile, environment);
  const keys = file.keys.map(({ id, secretEnv }) => ({ id, secret: secrets.secret(secretEnv) }));
  try {
    checkKeys(keys);
  } catch (error) {
    throw new ConfigurationError(`keys: ${(error as Error).message}`);
  }
  const { tls, metrics } = file;
  const metricsToken = metrics?.tokenEnv === undefined ? undefined : secrets.secret(metrics.tokenEnv);
  if (metrics !== undefined && metricsToken === undefined && !isLoopback(metrics.host)) {
    throw new ConfigurationError(
      `metrics.tokenEnv: at ${metrics.host} others can read the metrics; name a token, or listen at 127.0.0.1`,
    );
  }
  return {
    file,
    keys,
    secrets,
    ...(tls && { tls: readTls(tls, path.dirname(configFile)) }),
    ...(metricsToken !== undefined && { metricsToken }),
  };
}

/** Whether a configuration is a gateway's, and not that of a library alone. */
export const isGatewayFile = (json: unknown): json is { library: unknown } =>
  typeof json === 'object' && json !== null && 'library' in json;

/** @throws {ConfigurationError} with a line for everything that is wrong in the file itself */
export function readGatewayFile(configFile: string): GatewayFile {
  const parsed = v.safeParse(GatewayFile, readConfigFile(configFile));
  if (!parsed.success) {
    const lines = describeIssues(parsed.issues).map((line) => `  ${line}`);
    throw new ConfigurationError(`${configFile} is not as it should be:\n${lines.join('\n')}`);
  }
  const library = resolveFiles(parsed.output.library, path.dirname(configFile));
  return { ...parsed.output, library: library as GatewayFile['library'] };
}

function readTls(
  { certFile, keyFile, clientCaFile }: NonNullable<GatewayFile['tls']>,
  folder: string,
): TlsMaterial {
  const read = (name: string, file: string): Buffer => {
    try {
      return readFileSync(path.resolve(folder, file));
    } catch (error) {
      throw new ConfigurationError(`tls.${name}: ${(error as Error).message}`);
    }
  };
  return {
    cert: read('certFile', certFile),
    key: read('keyFile', keyFile),
    ...(clientCaFile !== undefined && { clientCa: read('clientCaFile', clientCaFile) }),
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
