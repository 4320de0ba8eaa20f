import * as v from 'valibot';
import type { Denied } from '../../contracts/denials';
import type { SignIn } from '../circulation';
import { readJson } from '../http/read-json';
import type { Folio } from './connection';
import { describeUser, findUserBy } from './users';
import type { User } from './users';

/** mod-login's codes: the limit was reached by this try, or before it. */
const LOCKED = /^(?:user\.blocked|password\.incorrect\.block\.user)$/;
const Errors = v.object({ errors: v.array(v.object({ code: v.nullish(v.string()) })) });
const BAD_PIN: Denied = { code: 'BAD_PIN' };

/** edge-patron verifies nobody; `POST /patron-pin/verify` of mod-users does, or a login as the reader. */
export function createSignIn(folio: Folio): SignIn {
  const prove = folio.config.signIn === 'pin' ? provePin : proveLogin;
  return {
    methods: ['pin'],
    start: async () => ({
      kind: 'fields',
      fields: [
        { name: 'cardNumber', secret: false },
        { name: 'pin', secret: true },
      ],
    }),
    complete: async ({ answers: { cardNumber, pin } }) => {
      if (cardNumber === undefined || pin === undefined) return { denied: BAD_PIN };
      const proved = await prove(folio, cardNumber, pin);
      if ('denied' in proved) return proved;
      // edge-patron knows readers by this field alone.
      if (!proved.user.externalSystemId)
        return { denied: { code: 'UNSUPPORTED', libraryCode: 'externalSystemId' } };
      return { patron: await describeUser(folio, proved.user) };
    },
  };
}

type Proof = { user: User } | { denied: Denied };

async function provePin(folio: Folio, cardNumber: string, pin: string): Promise<Proof> {
  const user = await findUserBy(folio, folio.config.cardNumber, cardNumber);
  if (!user) return { denied: BAD_PIN };
  const json = { id: user.id, pin };
  const request = { method: 'POST', path: '/patron-pin/verify', json, kind: 'write' } as const;
  const { status } = await folio.okapi.send(request, [200, 422]);
  return status === 200 ? { user } : { denied: BAD_PIN };
}

/** The reader's own tokens are not kept: what comes after goes through edge-patron. */
async function proveLogin(folio: Folio, username: string, password: string): Promise<Proof> {
  const path = '/authn/login-with-expiry';
  const request = { method: 'POST', path, json: { username, password }, kind: 'write' } as const;
  const answer = await folio.okapi.sendUnauthorized(request, [201, 400, 401, 422]);
  if (answer.status !== 201) {
    const { errors } = readJson(answer.body, Errors, `OKAPI ${path}`);
    const code = errors[0]?.code ?? '';
    return { denied: LOCKED.test(code) ? { code: 'LOCKED', libraryCode: code } : BAD_PIN };
  }
  const user = await findUserBy(folio, 'username', username);
  return user ? { user } : { denied: BAD_PIN };
}
