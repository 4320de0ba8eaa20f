import tcb from '@cloudbase/node-sdk';
import { StaffFault } from './call-staff';
import type { Transport } from './call-staff';
import { errorCode } from './error-code';

/** Longest wait for an answer, ms. */
const TIMEOUT_MS = 60_000;

/** The local cloud of `npm start`, which runs functions as the platform does. */
export function localTransport(url: string): Transport {
  return async (event) => {
    let response: Response;
    try {
      response = await fetch(new URL('/local/run', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ function: 'staff', event }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new StaffFault(isRefused(error) ? 'UNREACHABLE' : 'LOST', url);
    }
    if (response.status === 404) throw new StaffFault('UNREACHABLE', 'there is no staff function');
    if (!response.ok) throw new StaffFault('LOST', `HTTP ${response.status}`);
    return response.json().catch(() => {
      throw new StaffFault('GARBLED', 'no JSON');
    });
  };
}

/** Nobody listens there: certainly nothing was done. */
function isRefused(error: unknown): boolean {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  const code = errorCode(cause ?? error);
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
}

export interface CloudAccess {
  env: string;
  secretId: string;
  secretKey: string;
}

/** A cloud environment, with its own keys: the function sees no reader's identity behind them. */
export function cloudTransport({ env, secretId, secretKey }: CloudAccess): Transport {
  const app = tcb.init({ env, secretId, secretKey, timeout: TIMEOUT_MS });
  return async (event) => {
    try {
      const { result } = await app.callFunction<typeof event, unknown>({ name: 'staff', data: event });
      // Some versions of the platform hand an object over as text.
      return typeof result === 'string' ? (JSON.parse(result) as unknown) : result;
    } catch (error) {
      // Never the error itself: it may hold the request with its signature.
      throw new StaffFault(isRefused(error) ? 'UNREACHABLE' : 'LOST', errorCode(error));
    }
  };
}
