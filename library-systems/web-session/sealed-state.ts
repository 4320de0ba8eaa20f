import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { LibraryFault } from '../library-fault';

/** What a state may be at most on its way through the phone, in characters (contracts/cards.ts). */
const MAX_STATE = 4_096;
const CONVERSATION_MS = 10 * 60_000;
const Sealed = v.object({ at: v.number(), value: v.unknown() });

/** Keeps what belongs to one sign-in conversation while it lies on the reader's phone. */
export interface SealedStates<T> {
  /** @throws {LibraryFault} GARBLED when the site's cookies are too large to be kept */
  seal(value: T, now: number): string;
  /** @returns undefined for one that is not ours, was changed, or has lain for more than ten minutes */
  open(state: string, now: number): T | undefined;
}

/**
 * AES-256-GCM, so that nobody can read or make a state who has not the key.
 * @param key any long secret; without one a random key, so that states are good with this process only
 * @param purpose what may not be mistaken for each other
 */
export function sealStates<S extends v.GenericSchema>(
  schema: S,
  purpose: string,
  key: string | undefined,
): SealedStates<v.InferOutput<S>> {
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
    open(state, now) {
      if (state.length > MAX_STATE) return undefined;
      const bytes = Buffer.from(state, 'base64url');
      if (bytes.length < 29) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12));
        decipher.setAAD(aad).setAuthTag(bytes.subarray(12, 28));
        const plain = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
        const { at, value } = v.parse(Sealed, JSON.parse(plain.toString('utf8')));
        return Math.abs(now - at) <= CONVERSATION_MS ? v.parse(schema, value) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
