import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const FORMAT = 'v1';

/** A data key and the id that stands beside each value sealed with it. */
export interface DataKey {
  id: string;
  key: Buffer;
}

/** Whose a sealed value is and what it is for: sealed under one, it opens under no other. */
export interface Seal {
  owner: string;
  /** `<collection>.<field>` */
  purpose: string;
}

/** A sealed value that does not open: changed, of somebody else, or its key is gone. */
export class BrokenSeal extends Error {
  override readonly name = 'BrokenSeal';
}

/** Seals what is stored about a reader, with the first of its keys; opens with any of them. */
export interface Sealer {
  /** @param value anything that JSON can hold */
  seal(value: unknown, seal: Seal): string;
  /** @throws {BrokenSeal} */
  open(sealed: string, seal: Seal): unknown;
}

/**
 * Reads a key ring: `k2:<base64 of 32 bytes>,k1:…`, the current key first.
 * @returns undefined when it is none
 */
export function parseKeyRing(text: string): DataKey[] | undefined {
  const keys = text.split(',').map((part) => {
    const [, id, encoded] = /^([A-Za-z0-9_-]{1,16}):([A-Za-z0-9+/]{43}=)$/.exec(part.trim()) ?? [];
    return id === undefined || encoded === undefined
      ? undefined
      : { id, key: Buffer.from(encoded, 'base64') };
  });
  const known = keys.filter((key) => key?.key.length === KEY_BYTES) as DataKey[];
  const ids = new Set(known.map(({ id }) => id));
  return known.length === keys.length && ids.size === keys.length ? known : undefined;
}

/** AES-256-GCM; the sealed form is `v1.<key id>.<base64url of iv, ciphertext, tag>`. */
export function createSealer(keys: readonly DataKey[]): Sealer {
  const [current] = keys;
  if (!current) throw new Error('a sealer needs a key');
  return {
    seal(value, seal) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, current.key, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(seal, current.id));
      const body = Buffer.concat([iv, cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return `${FORMAT}.${current.id}.${Buffer.concat([body, cipher.getAuthTag()]).toString('base64url')}`;
    },
    open(sealed, seal) {
      const [format, id, body = '', ...more] = sealed.split('.');
      const key = keys.find((one) => one.id === id);
      if (format !== FORMAT || more.length > 0) throw new BrokenSeal('not a sealed value');
      if (!key) throw new BrokenSeal('sealed with a key that is not in the ring');
      try {
        const bytes = Buffer.from(body, 'base64url');
        // Other spellings of the same bytes are refused, so that a value has one form only.
        if (bytes.toString('base64url') !== body) throw new Error('not canonical');
        const decipher = createDecipheriv(ALGORITHM, key.key, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(boundTo(seal, key.id));
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        const content = bytes.subarray(IV_BYTES, -TAG_BYTES);
        return JSON.parse(decipher.update(content, undefined, 'utf8') + decipher.final('utf8')) as unknown;
      } catch (cause) {
        throw new BrokenSeal('the seal does not fit', { cause });
      }
    },
  };
}

/** JSON keeps the parts apart whatever they hold. */
const boundTo = ({ owner, purpose }: Seal, keyId: string): Buffer =>
  Buffer.from(JSON.stringify([FORMAT, keyId, purpose, owner]));
