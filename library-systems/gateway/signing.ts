import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * How a request to the gateway is signed. One header carries it:
 *
 *     Authorization: SHUTONG1 key=<id>,time=<ms since the epoch>,nonce=<22 base64url characters>,signature=<64 hex digits>
 *
 * The signature is HMAC-SHA-256, keyed with the secret, over these lines joined
 * by "\n": `SHUTONG1`, key id, method, path with query, time, nonce, SHA-256 of
 * the body in hex. Nothing in these lines can hold a line break.
 */
export const SCHEME = 'SHUTONG1';

/** How far the two clocks may lie apart, in milliseconds. */
export const MAX_SKEW_MS = 5 * 60_000;

export interface SignatureParts {
  keyId: string;
  /** Milliseconds since the epoch. */
  time: number;
  nonce: string;
  /** 64 lower-case hex digits. */
  signature: string;
}

export interface SignedRequest {
  method: string;
  /** As on the request line: path and query. */
  path: string;
  body: Uint8Array;
}

const HEADER = /^SHUTONG1 key=([\w.-]{1,64}),time=(\d{1,15}),nonce=([\w-]{22}),signature=([0-9a-f]{64})$/;

function sign(secret: string, request: SignedRequest, keyId: string, time: number, nonce: string): Buffer {
  const bodyHash = createHash('sha256').update(request.body).digest('hex');
  const text = [SCHEME, keyId, request.method, request.path, String(time), nonce, bodyHash].join('\n');
  return createHmac('sha256', secret).update(text).digest();
}

/** The value of the Authorization header for a request. @param now milliseconds since the epoch */
export function authorize(request: SignedRequest, key: { id: string; secret: string }, now: number): string {
  const nonce = randomBytes(16).toString('base64url');
  const time = Math.trunc(now);
  const signature = sign(key.secret, request, key.id, time, nonce).toString('hex');
  return `${SCHEME} key=${key.id},time=${time},nonce=${nonce},signature=${signature}`;
}

/** Reads the header; `undefined` when it is not of the form above. */
export function readAuthorization(header: string | undefined): SignatureParts | undefined {
  const match = header === undefined ? null : HEADER.exec(header);
  if (!match) return undefined;
  const [, keyId = '', time = '', nonce = '', signature = ''] = match;
  return { keyId, time: Number(time), nonce, signature };
}

/** Whether the signature is the one that `secret` gives; takes the same time whatever differs. */
export function isSignedWith(secret: string, request: SignedRequest, parts: SignatureParts): boolean {
  const expected = sign(secret, request, parts.keyId, parts.time, parts.nonce);
  return timingSafeEqual(expected, Buffer.from(parts.signature, 'hex'));
}
