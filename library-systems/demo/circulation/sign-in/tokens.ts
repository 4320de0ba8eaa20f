import { randomBytes } from 'node:crypto';

/** Most that are remembered at a time; the oldest go first. */
const LIMIT = 10_000;

/** Random words that stand for something for a while. They are forgotten when the process ends. */
export class Tokens<T> {
  readonly #known = new Map<string, { value: T; until: number }>();
  readonly #lifeMs: number;

  /** @param lifeMs for how long a token is good */
  constructor(lifeMs: number) {
    this.#lifeMs = lifeMs;
  }

  issue(value: T, now: number): { token: string; until: number } {
    const token = randomBytes(24).toString('base64url');
    const until = now + this.#lifeMs;
    this.#known.set(token, { value, until });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= LIMIT) break;
      this.#known.delete(oldest);
    }
    return { token, until };
  }

  /** What a token stands for, if it is good. */
  read(token: string, now: number): T | undefined {
    const known = this.#known.get(token);
    return known && now < known.until ? known.value : undefined;
  }

  /** The same, once. */
  take(token: string, now: number): T | undefined {
    const value = this.read(token, now);
    this.#known.delete(token);
    return value;
  }
}
