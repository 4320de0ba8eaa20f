import { makeWord, readWord } from '../signed-word';

/** On whose behalf a function runs. */
export interface Caller {
  /** Absent when no reader stands behind the call. */
  openid?: string | undefined;
  /** Which person that is among all accounts of one owner, where WeChat says so. */
  unionid?: string | undefined;
  /** Who caused it at another account of the same owner, by that account's openid. */
  from?: { openid: string; unionid?: string | undefined } | undefined;
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
    return makeWord(this.#secret, running);
  }

  /** Undefined for anything that `make` did not make. */
  read(token: unknown): RunningFunction | undefined {
    return typeof token === 'string'
      ? (readWord(this.#secret, token) as RunningFunction | undefined)
      : undefined;
  }
}
