import * as v from 'valibot';
import type { ConnectedSystem } from '../../../library-systems/connected-system';
import { KohaConfig, connectKoha } from '../../../library-systems/koha';
import { ACCOUNT, CLIENT, LIBRARIES, NOW } from '../../support/fake-koha';

const SECRETS: Record<string, string> = {
  KOHA_USER: ACCOUNT.user,
  KOHA_PASSWORD: ACCOUNT.password,
  KOHA_CLIENT: CLIENT.id,
  KOHA_CLIENT_SECRET: CLIENT.secret,
};

export const BASIC = { kind: 'basic', userEnv: 'KOHA_USER', passwordEnv: 'KOHA_PASSWORD' };
export const OAUTH2 = { kind: 'oauth2', clientIdEnv: 'KOHA_CLIENT', clientSecretEnv: 'KOHA_CLIENT_SECRET' };

export interface Connected {
  system: ConnectedSystem;
  unmapped: string[];
  clock: { at: number };
}

/** Connects to a Koha at `url` with what the configuration needs at least, and `more`. */
export async function connectTo(
  url: string,
  more: object = {},
  secrets: Record<string, string> = SECRETS,
): Promise<Connected> {
  const config = v.parse(KohaConfig, {
    kind: 'koha',
    name: '示范大学图书馆',
    branches: LIBRARIES.map(({ code, name }) => ({ code, name })),
    baseUrl: url,
    timeoutMs: 10_000,
    readerTypes: [{ code: 'S', name: '本科生' }],
    ...more,
  });
  const unmapped: string[] = [];
  const clock = { at: NOW };
  const system = await connectKoha(config, {
    secret: (name) => secrets[name] ?? '',
    clock: { now: () => clock.at },
    unmapped: (text) => unmapped.push(text),
  });
  return { system, unmapped, clock };
}

/** The code of the fault that something ends in. */
export const faultOf = async (asked: Promise<unknown>): Promise<string> => {
  const error: unknown = await asked.then(
    (answer) => new Error(`answered ${JSON.stringify(answer)}`),
    (fault: unknown) => fault,
  );
  if (error instanceof Error && 'code' in error && error.name === 'LibraryFault') return String(error.code);
  throw error;
};
