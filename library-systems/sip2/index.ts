import { readFile } from 'node:fs/promises';
import net from 'node:net';
import type { AdapterContext, ConnectedSystem } from '../connected-system';
import { ConfigurationError } from '../configuration-error';
import { CharsetEvidence } from './charset-evidence';
import { openClient } from './client';
import type { Station } from './client';
import type { Sip2Config } from './config';
import { readWords } from './denials';
import { diagnose } from './diagnose';
import type { Peer } from './dial';
import { createFines } from './fines';
import { createHolds } from './holds';
import { readItemStates } from './item-states';
import { createLoans } from './loans';
import { createPatrons, createSignIn } from './patrons';

export { Sip2Config } from './config';

/**
 * A library system that speaks SIP2 ("3M Standard Interchange Protocol",
 * version 2.00), as nearly all do for their self-check kiosks. Recorded
 * conversations of Koha's and Evergreen's servers replay against it; it was never
 * seen at work in a library (see README.md).
 * @throws {ConfigurationError} for a secret that is not set or a file that cannot be read
 */
export async function connectSip2(config: Sip2Config, context: AdapterContext): Promise<ConnectedSystem> {
  const evidence = new CharsetEvidence();
  const client = openClient(await readStation(config, context), evidence.note);
  const words = readWords(config, context);
  const { name, branches, timeZone, signIn, loans, holds, fines, itemStates } = config;
  return {
    name,
    branches,
    timeZone,
    afterBinding: 'trusted-terminal',
    ...(signIn !== 'none' && { signIn: createSignIn(client, words) }),
    patrons: createPatrons(client, words),
    ...(loans && { loans: createLoans(client, words) }),
    ...(holds && { holds: createHolds(client, words, holds) }),
    ...(fines && { fines: createFines(client, words, fines) }),
    ...(itemStates && { itemStates: (barcodes: readonly string[]) => readItemStates(client, barcodes) }),
    diagnose: () => diagnose(client, evidence),
    close: () => client.pool.close(),
  };
}

async function readStation(config: Sip2Config, { secret, clock }: AdapterContext): Promise<Station> {
  const { login, terminalPasswordEnv, host, port, connectTimeoutMs } = config;
  const tls = await readTls(config);
  return {
    config,
    clock,
    peer: { host, port, connectTimeoutMs, ...(tls && { tls }) },
    terminalPassword: terminalPasswordEnv === undefined ? '' : secret(terminalPasswordEnv),
    ...(login && {
      login: {
        user: secret(login.userEnv),
        password: secret(login.passwordEnv),
        ...(login.location !== undefined && { location: login.location }),
      },
    }),
  };
}

async function readTls({ tls, host }: Sip2Config): Promise<Peer['tls']> {
  if (!tls) return undefined;
  const { caFile, certFile, keyFile } = tls;
  // An address is no name that a server could be asked for by.
  const servername = tls.servername ?? (net.isIP(host) === 0 ? host : undefined);
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new ConfigurationError('tls: "certFile" and "keyFile" belong together; set both or none');
  }
  return {
    ...(servername !== undefined && { servername }),
    ...(caFile !== undefined && { ca: await readPem('tls.caFile', caFile) }),
    ...(certFile !== undefined && { cert: await readPem('tls.certFile', certFile) }),
    ...(keyFile !== undefined && { key: await readPem('tls.keyFile', keyFile) }),
  };
}

async function readPem(setting: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code = 'cannot be read' } = error as NodeJS.ErrnoException;
    throw new ConfigurationError(`${setting}: ${file} cannot be read (${code})`);
  }
}
