import { asFault } from './api';

/** A request id is worth reusing for as long as the reader may still mean the same tap. */
const SAME_TAP_MS = 600_000;

const running = new Map<string, Promise<unknown>>();
const unanswered = new Map<string, { id: string; at: number }>();

/**
 * Makes a write that must happen once. Taps while it runs share it; a tap after an answer was lost asks
 * again under the same request id, so that the function tells what became of the first.
 * @param what names the write, e.g. "renew 17"
 * @throws ApiFault
 */
export function writeOnce<T>(what: string, write: (requestId: string) => Promise<T>): Promise<T> {
  const before = running.get(what);
  if (before !== undefined) return before as Promise<T>;
  const made = attempt(what, write).finally(() => running.delete(what));
  running.set(what, made);
  return made;
}

async function attempt<T>(what: string, write: (requestId: string) => Promise<T>): Promise<T> {
  const lost = unanswered.get(what);
  const id = lost !== undefined && Date.now() - lost.at < SAME_TAP_MS ? lost.id : newRequestId();
  try {
    const answer = await write(id);
    unanswered.delete(what);
    return answer;
  } catch (error) {
    // a defect may have come after the library had done it
    const { retryable, code } = asFault(error);
    if (retryable || code === 'INTERNAL') unanswered.set(what, { id, at: Date.now() });
    else unanswered.delete(what);
    throw error;
  }
}

/** 24 letters and digits: unlikely to meet again among one reader's requests. */
export function newRequestId(): string {
  const random = Array.from({ length: 2 }, () => Math.random().toString(36).slice(2, 10).padEnd(8, '0'));
  return `${Date.now().toString(36).padStart(8, '0')}${random.join('')}`;
}
