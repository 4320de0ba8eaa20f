import * as v from 'valibot';
import { connectHuiwen, HuiwenConfig } from '../../../library-systems/huiwen';
import { branches, NOW } from '../../support/chinese-library';
import { startHuiwenServer } from '../../support/huiwen-server';
import type { HuiwenServerOptions } from '../../support/huiwen-server';

export const SSO = 'https://sso.example.edu.cn/cas/login?service=hwthau';

export const configFor = (url: string, changes: object = {}) =>
  v.parse(HuiwenConfig, {
    kind: 'huiwen',
    name: '示范大学图书馆',
    branches,
    baseUrl: url,
    probeWord: '历史',
    signIn: { ssoUrl: SSO, stateKeyEnv: 'HUIWEN_STATE_KEY' },
    timeoutMs: 10_000,
    ...changes,
  });

export const context = {
  secret: (name: string): string => `a secret of at least 32 letters: ${name}`,
  clock: { now: () => NOW },
};

export async function openHuiwen(options: HuiwenServerOptions = {}, changes: object = {}) {
  const server = await startHuiwenServer(options);
  const charset = options.charset ?? 'utf-8';
  const system = await connectHuiwen(configFor(server.url, { charset, ...changes }), context);
  return {
    server,
    system,
    /** Signs in as somebody who reads the picture rightly. */
    async signIn(cardNumber: string, pin: string) {
      const start = await system.signIn!.start('captcha-pin');
      if (start.kind !== 'captcha') throw new Error(start.kind);
      const answers = { cardNumber, pin, captcha: server.captcha() };
      return system.signIn!.complete({ method: 'captcha-pin', answers, state: start.state });
    },
    close: async () => {
      await system.close();
      await server.close();
    },
  };
}
