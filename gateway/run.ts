import { readSettings } from './config';
import type { GatewaySettings } from './config';
import { hostLibrary } from './host-library';
import type { ConnectLibrary, HostedLibrary, LimitsOf } from './host-library';
import { startGateway } from './index';
import { createInsideApp } from './inside-app';
import { Metrics } from './metrics';
import { serve } from './serve';

export interface RunOptions {
  configFile: string;
  /** `NAME=value` lines that come before the environment; read again with each reload. */
  secretsFile?: string;
  environment: Record<string, string | undefined>;
  connect: ConnectLibrary;
  clock: { now(): number };
  /** Takes the audit log, one JSON object a line. */
  log: (line: string) => void;
}

export interface GatewayProcess {
  url: string;
  /** Where the metrics are, if they were asked for. */
  insideUrl?: string;
  /** Reads configuration, secrets and certificates again. @returns false when they cannot be used: the old ones stay */
  reload(): Promise<boolean>;
  stop(): Promise<void>;
}

/** How long a new library waits for the calls to the old one, in milliseconds: together they keep the budget. */
const HANDOVER_MS = 5_000;

/**
 * Runs a gateway from its configuration.
 * @throws {ConfigurationError} or the library's own error, saying what to set
 */
export async function runGateway(options: RunOptions): Promise<GatewayProcess> {
  const { log, clock, connect } = options;
  const say = (event: string, more: object = {}): void => log(JSON.stringify({ event, ...more }));
  const read = (): GatewaySettings =>
    readSettings(options.configFile, options.secretsFile, options.environment);

  let settings = read();
  /** What the door was opened with: reloads do not change it. */
  const opened = settings;
  let library: HostedLibrary | undefined;
  /** Resolves when no library is being exchanged for another. */
  let handover: Promise<void> = Promise.resolve();
  const metrics = new Metrics(() => library?.parts() ?? []);
  const open = ({ file, secrets }: GatewaySettings): Promise<HostedLibrary> => {
    const context = {
      clock,
      secret: (name: string) => secrets.secret(name),
      unmapped: () => metrics.unmapped(),
    };
    return hostLibrary(connect, file.library, context, limitsOf(file), (part) => metrics.observerOf(part));
  };
  let current = await open(settings);
  library = current;

  const { file, tls } = settings;
  const gateway = await startGateway({
    ...file.listen,
    ...(tls && { tls }),
    keys: settings.keys,
    library: async () => {
      await handover;
      return current.system;
    },
    clock,
    log,
    observer: metrics,
  });
  const inside =
    file.metrics &&
    (await serve(
      createInsideApp({
        registry: metrics.registry,
        isReady: () => gateway.isReady(),
        token: () => settings.metricsToken,
      }),
      { host: file.metrics.host, port: file.metrics.port },
    ));
  warn(settings);
  say('started', { url: gateway.url, ...(inside && { metrics: inside.url }) });

  /** Exchanges the library; new calls wait until those to the old one have ended, so that no budget is exceeded. */
  function exchange(next: HostedLibrary): Promise<void> {
    const old = current;
    handover = old.close(HANDOVER_MS).then(
      () => undefined,
      () => say('library-not-closed'),
    );
    current = next;
    library = next;
    return handover;
  }

  async function take(next: GatewaySettings): Promise<void> {
    const sameLibrary =
      JSON.stringify(next.file.library) === JSON.stringify(settings.file.library) &&
      !current.needsOtherSecrets((name) => next.secrets.secret(name));
    const connected = sameLibrary ? undefined : await open(next);
    // A door that asks for certificates and is told of no authority would let in whom any public one has signed.
    const tls = kindOfTls(next) === kindOfTls(opened) ? next.tls : undefined;
    try {
      gateway.change({ keys: next.keys, ...(tls && { tls }) });
    } catch (error) {
      await connected?.close(0);
      throw error;
    }
    if (connected) await exchange(connected);
    else current.configure(limitsOf(next.file));
    const later = needsRestart(opened, next);
    settings = next;
    say('reloaded', { library: connected ? 'connected anew' : 'kept', ...(later.length > 0 && { later }) });
  }

  async function reload(): Promise<boolean> {
    try {
      const next = read();
      await take(next);
      warn(next);
      metrics.reloaded('ok');
      return true;
    } catch (error) {
      metrics.reloaded('refused');
      say('reload-refused', { problem: messageOf(error), running: 'with the configuration from before' });
      return false;
    }
  }

  function warn({ secrets: { warning } }: GatewaySettings): void {
    if (warning !== undefined) say('warning', { problem: warning });
  }

  let turn: Promise<unknown> = Promise.resolve();
  let stopped: Promise<void> | undefined;
  return {
    url: gateway.url,
    ...(inside && { insideUrl: inside.url }),
    reload() {
      const result = turn.then(() => (stopped === undefined ? reload() : false));
      turn = result;
      return result;
    },
    stop() {
      stopped ??= (async () => {
        say('stopping');
        const { announceMs, graceMs } = settings.file.stop;
        await gateway.close({ announceMs, graceMs });
        await turn;
        await current.close(graceMs);
        await inside?.close(0);
        metrics.registry.clear();
        say('stopped');
      })();
      return stopped;
    },
  };
}

const limitsOf =
  (file: GatewaySettings['file']): LimitsOf =>
  (part) =>
    file.partLimits[part] ?? file.limits;

/** What the server was opened with, and takes only when it is opened again. */
function needsRestart(now: GatewaySettings, next: GatewaySettings): string[] {
  const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
  const address = ({ file }: GatewaySettings) => file.metrics && { ...file.metrics, tokenEnv: undefined };
  return [
    ...(differs(now.file.listen, next.file.listen) ? ['listen'] : []),
    ...(differs(address(now), address(next)) ? ['metrics'] : []),
    ...(differs(kindOfTls(now), kindOfTls(next)) ? ['tls'] : []),
  ];
}

/** Certificates are exchanged while the server runs; whether it speaks TLS and asks for certificates is not. */
function kindOfTls({ tls }: GatewaySettings): string {
  if (tls === undefined) return 'none';
  return tls.clientCa === undefined ? 'server' : 'mutual';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
