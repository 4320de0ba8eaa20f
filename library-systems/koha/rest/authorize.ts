import * as v from 'valibot';
import type { AdapterContext } from '../../connected-system';
import type { HttpClient } from '../../http/http-client';
import { readJson } from '../../http/read-json';
import { requireStatus } from '../../http/require-status';
import { LibraryFault } from '../../library-fault';
import type { KohaRest } from '../config';

export interface Authorizer {
  /** Value of the header Authorization. @throws {LibraryFault} */
  header(): Promise<string>;
  /** The header was refused: whether another one can be had. */
  forget(header: string): boolean;
}

const Token = v.object({
  access_token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,4096}$/)),
  expires_in: v.pipe(v.number(), v.minValue(0)),
});
/** A token is renewed this long before it ends. */
const MARGIN_MS = 30_000;
const PEER = 'REST /oauth/token';

/**
 * In whose name the REST interface is asked. Basic costs Koha the hashing of a
 * password with each call (0.7 s were seen); OAuth2 client credentials
 * (RFC 6749, section 4.4) cost one call an hour, made once however many ask.
 */
export function authorizer(
  http: HttpClient,
  { auth, path }: KohaRest,
  { secret, clock }: AdapterContext,
): Authorizer {
  if (auth.kind === 'basic') {
    const pair = `${secret(auth.userEnv)}:${secret(auth.passwordEnv)}`;
    const header = `Basic ${Buffer.from(pair).toString('base64')}`;
    return { header: async () => header, forget: () => false };
  }
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: secret(auth.clientIdEnv),
    client_secret: secret(auth.clientSecretEnv),
  }).toString();
  let kept: { header: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  const ask = async (): Promise<string> => {
    const answer = await http.send({
      method: 'POST',
      path: `${path}/oauth/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: form,
      // Asking twice for a token does no harm.
      kind: 'read',
    });
    if (answer.status === 400) {
      throw new LibraryFault('REJECTED', `${PEER} does not accept the client (400)`, {
        reason: 'credentials',
      });
    }
    requireStatus(answer, { accepted: [200], peer: PEER, kind: 'read' });
    const { access_token, expires_in } = readJson(answer.body, Token, PEER);
    kept = { header: `Bearer ${access_token}`, until: clock.now() + expires_in * 1000 - MARGIN_MS };
    return kept.header;
  };

  return {
    async header() {
      if (kept && clock.now() < kept.until) return kept.header;
      asking ??= ask().finally(() => (asking = undefined));
      return asking;
    },
    forget(header) {
      if (kept?.header === header) kept = undefined;
      return true;
    },
  };
}
