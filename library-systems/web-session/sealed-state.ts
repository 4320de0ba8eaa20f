import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { ConfigurationError } from '../configuration-error';
import { LibraryFault } from '../library-fault';

/** What a state may be at most on its way through the phone, in characters (contracts/cards.ts). */
const MAX_STATE = 4_096;
const CONVERSATION_MS = 10 * 60_000;
/** Used states that are remembered at most; they go after ten minutes anyhow. */
const MOST_USED = 20_000;
const MIN_KEY = 32;
const Sealed = v.object({ at: v.number(), value: v.unknown() });

/** Keeps what belongs to one sign-in conversation while it lies on the reader's phone. */
export interface SealedStates<T> {
  /** @throws {LibraryFault} GARBLED when the site's cookies are too large to be kept */
  seal(value: T, now: number): string;
  /**
   * Once: two readers must never end up in one session of the library's site, so a conversation is not taken
   * up twice (by this process; the site's captcha is good for one try as well).
   * @returns undefined for one that is not ours, was changed or used, or has lain for more than ten minutes
   */
  take(state: string, now: number): T | undefined;
}

/**
 * AES-256-GCM, so that nobody can read or make a state who has not the key.
 * @param key a secret of at least 32 characters; without one a random key, so that states are good with this process only
 * @param purpose what may not be mistaken for each other
 * @throws {ConfigurationError} when the key is too short
 */
export function sealStates<S extends v.GenericSchema>(
  schema: S,
  purpose: string,
  key: string | undefined,
): SealedStates<v.InferOutput<S>> {
  if (key !== undefined && key.length < MIN_KEY) {
    throw new ConfigurationError(`The secret that stateKeyEnv names needs at least ${MIN_KEY} characters`);
  }
  const used = new Map<string, number>();
  const secret = key === undefined ? randomBytes(32) : createHash('sha256').update(key).digest();
  const aad = Buffer.from(purpose, 'utf8');
  return {
    seal(value, now) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(aad);
      const plain = JSON.stringify({ at: now, value });
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      const state = Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
      if (state.length > MAX_STATE) {
        throw new LibraryFault('GARBLED', 'The cookies of the sign-in page are too large to be kept');
      }
      return state;
    },
    take(state, now) {
      for (const [digest, at] of used) {
        if (used.size <= MOST_USED && Math.abs(now - at) <= CONVERSATION_MS) break;
        used.delete(digest);
      }
      const digest = createHash('sha256').update(state).digest('base64url');
      if (state.length > MAX_STATE || used.has(digest)) return undefined;
      const bytes = Buffer.from(state, 'base64url');
      // Read leniently, the same bytes have many spellings, and each of them would be good once.
      if (bytes.length < 29 || bytes.toString('base64url') !== state) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12));
        decipher.setAAD(aad).setAuthTag(bytes.subarray(12, 28));
        const plain = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
        const { at, value } = v.parse(Sealed, JSON.parse(plain.toString('utf8')));
        if (Math.abs(now - at) > CONVERSATION_MS) return undefined;
        const taken = v.parse(schema, value);
        used.set(digest, at);
        return taken;
      } catch {
        return undefined;
      }
    },
  };
}
