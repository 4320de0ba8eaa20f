import { createHmac, timingSafeEqual } from 'node:crypto';

const sign = (secret: Buffer, body: string): Buffer => createHmac('sha256', secret).update(body).digest();

/** A value as one word of ASCII that only the holder of the secret can make; anyone can read it. */
export function makeWord(secret: Buffer, value: unknown): string {
  const body = Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${body}.${sign(secret, body).toString('base64url')}`;
}

/** The value of a word that `makeWord` made with this secret; undefined for anything else. */
export function readWord(secret: Buffer, word: string): unknown {
  const [body = '', signature = ''] = word.split('.');
  const given = Buffer.from(signature, 'base64url');
  const right = sign(secret, body);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as unknown;
}
