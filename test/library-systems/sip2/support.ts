import * as v from 'valibot';
import type { ConnectedSystem } from '../../../library-systems/connected-system';
import { LibraryFault } from '../../../library-systems/library-fault';
import { connectSip2, Sip2Config } from '../../../library-systems/sip2';
import { startSip2Server } from '../../support/sip2-server';
import type { ServerOptions, Sip2Server } from '../../support/sip2-server';

export const NOW = Date.parse('2026-11-21T20:27:00+08:00');

export type ConfigInput = Partial<v.InferInput<typeof Sip2Config>>;

export const configFor = (port: number, more: ConfigInput = {}): Sip2Config =>
  v.parse(Sip2Config, {
    kind: 'sip2',
    name: '示范大学图书馆',
    branches: [{ code: 'MAIN', name: '总馆' }],
    host: '127.0.0.1',
    port,
    institution: 'TEST',
    timeoutMs: 10_000,
    connectTimeoutMs: 10_000,
    bibIdField: 'MA',
    holds: {
      pickupPlaces: [
        { code: 'MAIN', name: '总馆' },
        { code: 'EAST', name: '东馆' },
      ],
      titleField: 'AJ',
    },
    fines: {},
    ...more,
  });

export interface Connected {
  system: ConnectedSystem;
  server: Sip2Server;
  unmapped: string[];
  close(): Promise<void>;
}

const SECRETS: Record<string, string> = { SIP2_USER: 'gate', SIP2_PASSWORD: 'secret', SIP2_WRONG: 'wrong' };
export const secret = (name: string): string => SECRETS[name] ?? '';
export const LOGIN = { userEnv: 'SIP2_USER', passwordEnv: 'SIP2_PASSWORD' };
export const ACCOUNT = { user: 'gate', password: 'secret' };

const open = new Set<Connected>();

/** Ends what a test has opened, however it ended itself. */
export async function closeAll(): Promise<void> {
  for (const one of open) await one.close();
}

/** The adapter before a strict server of its own. */
export async function openSip2(options: ServerOptions = {}, more: ConfigInput = {}): Promise<Connected> {
  const server = await startSip2Server({ now: () => NOW, ...options });
  const unmapped: string[] = [];
  const system = await connectSip2(
    configFor(server.port, { ...(options.charset && { charset: options.charset }), ...more }),
    { secret, clock: { now: () => NOW }, unmapped: (text) => unmapped.push(text) },
  );
  const connected: Connected = {
    system,
    server,
    unmapped,
    close: async () => {
      if (!open.delete(connected)) return;
      await system.close();
      await server.close();
    },
  };
  open.add(connected);
  return connected;
}

/** The fault that a promise ends in. */
export async function faultOf(promise: Promise<unknown>): Promise<LibraryFault> {
  const error = await promise.then(
    (value) => {
      throw new Error(`expected a fault, got ${JSON.stringify(value)?.slice(0, 200)}`);
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof LibraryFault)) throw error;
  return error;
}
