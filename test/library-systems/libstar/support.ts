import * as v from 'valibot';
import type { ConnectedSystem } from '../../../library-systems/connected-system';
import { connectLibStar, LibStarConfig } from '../../../library-systems/libstar';
import { branches, NOW } from '../../support/chinese-library';
import { GROUP_CODE, startLibStarServer } from '../../support/libstar-server';

export const SSO = 'https://sso.example.edu.cn/cas/login';

export const configFor = (url: string, changes: object = {}) =>
  v.parse(LibStarConfig, {
    kind: 'libstar',
    name: '示范大学图书馆',
    branches,
    baseUrl: url,
    groupCode: GROUP_CODE,
    probeWord: '历史',
    sortFields: { newest: 'publishYear' },
    signIn: { ssoUrl: SSO, ticketPath: '/find/sso/login/school/0?ticket={ticket}' },
    timeoutMs: 10_000,
    ...changes,
  });

export const context = {
  secret: (name: string): string => `a secret of at least 32 letters: ${name}`,
  clock: { now: () => NOW },
};

export async function openLibStar(changes: object = {}) {
  const server = await startLibStarServer();
  const system: ConnectedSystem = await connectLibStar(configFor(server.url, changes), context);
  return {
    server,
    system,
    close: async () => {
      await system.close();
      await server.close();
    },
  };
}
