import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runGateway } from '../../../gateway/run';
import type { RunOptions } from '../../../gateway/run';
import { connectGateway } from '../../../library-systems/gateway';
import type { GatewayConfig } from '../../../library-systems/gateway';

export const SECRET = 'the secret of the functions in 2026!';
export const NEXT_SECRET = 'the secret of the functions in 2027!';

type Json = Record<string, unknown>;

/** A gateway's configuration in a folder of its own, which the test may change. */
export function writeConfig(given: Json = {}, folder = mkdtempSync(path.join(tmpdir(), 'shutong-gateway-'))) {
  const configFile = path.join(folder, 'gateway.json');
  const secretsFile = path.join(folder, 'gateway.env');
  const base: Json = {
    listen: { port: 0 },
    keys: [{ id: 'functions', secretEnv: 'KEY' }],
    library: { kind: 'slow' },
  };
  const write = (changes: Json): void =>
    writeFileSync(configFile, JSON.stringify({ ...base, ...given, ...changes }));
  const writeSecrets = (secrets: Record<string, string>): void => {
    const lines = Object.entries({ KEY: SECRET, ...secrets }).map(([name, value]) => `${name}="${value}"`);
    writeFileSync(secretsFile, lines.join('\n'), { mode: 0o600 });
  };
  write({});
  writeSecrets({});
  return { folder, configFile, secretsFile, write, writeSecrets };
}

/** Runs a gateway from such a configuration, in this process. */
export async function run(
  config: ReturnType<typeof writeConfig>,
  connect: RunOptions['connect'],
  environment: RunOptions['environment'] = {},
) {
  const log: string[] = [];
  const { configFile, secretsFile } = config;
  const gateway = await runGateway({
    configFile,
    secretsFile,
    environment,
    connect,
    clock: Date,
    log: (line) => log.push(line),
  });
  return {
    ...gateway,
    log,
    /** Events of the process, not the audit log. */
    events: () => log.map((line) => JSON.parse(line) as Json).filter((line) => 'event' in line),
    client: (changes: Partial<GatewayConfig> = {}) =>
      connectGateway({ url: gateway.url, keyId: 'functions', secret: SECRET, timeoutMs: 10_000, ...changes }),
  };
}
