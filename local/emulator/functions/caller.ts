import { createHmac, timingSafeEqual } from 'node:crypto';

/** On whose behalf a function runs. */
export interface Caller {
  /** Absent when no reader stands behind the call. */
  openid?: string | undefined;
  /** Where it came from, as `getWXContext().SOURCE` says it: `wx_client`, `wx_trigger`, each nested call adds `,scf`. */
  source: string;
  /** Set when a timer fired. */
  timer?: boolean;
}

/** What a request of a running function says about itself. */
export interface RunningFunction extends Caller {
  function: string;
}

/**
 * The token that a function hands back with each request (`WX_API_TOKEN`, on the wire `wxCloudApiToken`):
 * it says which function is asking and for whom, and only this emulator can make it.
 */
export class CallerTokens {
  readonly #secret: Buffer;

  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  make(running: RunningFunction): string {
    const body = Buffer.from(JSON.stringify(running)).toString('base64url');
    return `${body}.${this.#sign(body).toString('base64url')}`;
  }

  /** Undefined for anything that `make` did not make. */
  read(token: unknown): RunningFunction | undefined {
    if (typeof token !== 'string') return undefined;
    const [body = '', signature = ''] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const right = this.#sign(body);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    return JSON.parse(Buffer.from(body, 'base64url').toString()) as RunningFunction;
  }

  #sign(body: string): Buffer {
    return createHmac('sha256', this.#secret).update(body).digest();
  }
}
