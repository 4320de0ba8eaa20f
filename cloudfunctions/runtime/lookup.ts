import { createHmac } from 'node:crypto';

/**
 * Turns what must not be stored (a card number) into something by which it can
 * be found again: HMAC-SHA-256, so that nobody without the key can try numbers.
 * @param kind keeps equal texts of different kinds apart
 */
export type Lookup = (kind: string, text: string) => string;

export const createLookup =
  (key: Buffer): Lookup =>
  (kind, text) =>
    createHmac('sha256', key)
      .update(JSON.stringify([kind, text]))
      .digest('base64url');
