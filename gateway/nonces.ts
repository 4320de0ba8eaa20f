/**
 * Remembers the nonces of accepted requests for as long as their signature
 * could be accepted again. Only requests with a right signature get here, so a
 * stranger cannot fill it.
 */
export class NonceMemory {
  /** Nonce → when it may be forgotten, in order of arrival. */
  readonly #seen = new Map<string, number>();

  readonly #begunAt = performance.now();

  /** @param limit how many are remembered at most; past it requests are refused, never forgotten too early */
  constructor(readonly limit: number) {}

  /** For how long it has been remembering: a span, so that it holds when clocks are put forward or back. */
  get ageMs(): number {
    return performance.now() - this.#begunAt;
  }

  /**
   * @param until when the request's own time is too old anyway (ms since the epoch)
   * @returns `replayed` for a nonce already seen, `full` when no more can be remembered
   */
  remember(nonce: string, until: number, now: number): 'new' | 'replayed' | 'full' {
    if ((this.#seen.get(nonce) ?? 0) > now) return 'replayed';
    if (this.#seen.size >= this.limit) this.#forget(now);
    if (this.#seen.size >= this.limit) return 'full';
    this.#seen.delete(nonce);
    this.#seen.set(nonce, until);
    return 'new';
  }

  #forget(now: number): void {
    for (const [nonce, until] of this.#seen) if (until <= now) this.#seen.delete(nonce);
  }
}
