import * as v from 'valibot';
import { connectInterlib, InterlibConfig } from '../../../library-systems/interlib';
import { branches, NOW } from '../../support/chinese-library';
import { startInterlibServer } from '../../support/interlib-server';

export const configFor = (url: string, changes: object = {}) =>
  v.parse(InterlibConfig, {
    kind: 'interlib',
    name: '示范大学图书馆',
    branches,
    baseUrl: `${url}/opac`,
    probeWord: '历史',
    signIn: {},
    timeoutMs: 10_000,
    ...changes,
  });

export const context = {
  secret: (name: string): string => `a secret of at least 32 letters: ${name}`,
  clock: { now: () => NOW },
};

export async function openInterlib(changes: object = {}) {
  const server = await startInterlibServer();
  const system = await connectInterlib(configFor(server.url, changes), context);
  return {
    server,
    system,
    close: async () => {
      await system.close();
      await server.close();
    },
  };
}
