import { isSignedWith, MAX_SKEW_MS, readAuthorization } from '../library-systems/gateway/signing';
import type { SignatureParts, SignedRequest } from '../library-systems/gateway/signing';
import { operations } from '../library-systems/operations';
import type { OperationName } from '../library-systems/operations';
import type { NonceMemory } from './nonces';

export interface GatewayKey {
  /** Letters, digits, `_`, `.`, `-`; at most 64. */
  id: string;
  /** At least 32 characters. */
  secret: string;
}

/** Why a request was refused; for the audit log only, never for the caller. */
export type Refusal =
  'no-signature' | 'unknown-key' | 'clock' | 'wrong-signature' | 'before-start' | 'replayed' | 'too-many';

/** Checks what can be checked before the body has been read. */
export function checkHeader(
  header: string | undefined,
  keys: readonly GatewayKey[],
  now: number,
): { parts: SignatureParts; key: GatewayKey } | Refusal {
  const parts = readAuthorization(header);
  if (!parts) return 'no-signature';
  const key = keys.find(({ id }) => id === parts.keyId);
  if (!key) return 'unknown-key';
  if (Math.abs(parts.time - now) > MAX_SKEW_MS) return 'clock';
  return { parts, key };
}

/** Checks the signature over the whole request and that it is seen for the first time. */
export function checkSignature(
  request: SignedRequest,
  { parts, key }: { parts: SignatureParts; key: GatewayKey },
  nonces: NonceMemory,
  now: number,
): Refusal | undefined {
  if (!isSignedWith(key.secret, request, parts)) return 'wrong-signature';
  // The process before this one may have seen its nonce: a write is not carried out twice.
  if (isWrite(request.path) && parts.time + 1 < now - nonces.ageMs) return 'before-start';
  const seen = nonces.remember(`${key.id} ${parts.nonce}`, parts.time + MAX_SKEW_MS + 1, now);
  if (seen === 'replayed') return 'replayed';
  return seen === 'full' ? 'too-many' : undefined;
}

function isWrite(path: string): boolean {
  const name = path.replace(/^\/v1\//, '');
  return Object.hasOwn(operations, name) && operations[name as OperationName].kind === 'write';
}

/** Throws, saying what to set, unless there are one or two usable keys. */
export function checkKeys(keys: readonly GatewayKey[]): void {
  if (keys.length < 1 || keys.length > 2) {
    throw new Error(`The gateway needs one key, or two while keys are changed; it was given ${keys.length}`);
  }
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    throw new Error('The ids of the gateway keys must differ');
  for (const { id, secret } of keys) {
    if (!/^[\w.-]{1,64}$/.test(id)) {
      throw new Error('A gateway key id must be 1 to 64 of the characters A-Z a-z 0-9 _ . -');
    }
    if (secret.length < 32)
      throw new Error(`The secret of gateway key "${id}" must have at least 32 characters`);
  }
}
