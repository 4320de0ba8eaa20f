import { createContext, Script, type Context } from 'node:vm';
import type { Pattern } from './values';
import { requestFailed, unsupported } from './wire-error';

const MAX_PATTERN_LENGTH = 1000;

/** Longest time that one request may spend on regular expressions. */
export const PATTERN_TIME_LIMIT_MS = 1000;

/** PCRE's options that mean the same in JavaScript; `u` says nothing new, MongoDB always matches UTF-8. */
function jsFlags(pattern: Pattern): string {
  let flags = '';
  for (const flag of new Set(pattern.flags)) {
    if ('ims'.includes(flag)) flags += flag;
    else if (flag !== 'u') throw unsupported(`the regular expression option '${flag}'`);
  }
  // Only then JavaScript reads characters outside the BMP as one, as MongoDB does.
  return /\\p\{|[\ud800-\udfff]/i.test(pattern.source) ? `${flags}u` : flags;
}

/** @throws WireError for a pattern that is too long, not understood, or uses options that JavaScript lacks */
export function compilePattern(pattern: Pattern): RegExp {
  if (pattern.source.length > MAX_PATTERN_LENGTH) {
    throw requestFailed(`a regular expression is longer than ${MAX_PATTERN_LENGTH} characters`);
  }
  try {
    return new RegExp(pattern.source, jsFlags(pattern));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw requestFailed(`Regular expression is invalid: ${pattern.source}`);
    }
    throw error;
  }
}

const sandbox: Context & { work?: () => void } = createContext({});
const callWork = new Script('work()');

/**
 * Runs pure work and gives up after a time. A pattern such as (a+)+$ can run for hours on a short text, and
 * telling such patterns from harmless ones is guesswork; the engine's own time limit also ends a match in progress.
 * The work must change nothing: it may be cut off at any point.
 */
export function withTimeLimit<T>(work: () => T, limitMs = PATTERN_TIME_LIMIT_MS): T {
  let outcome: { value: T } | { error: unknown } | undefined;
  sandbox.work = () => {
    try {
      outcome = { value: work() };
    } catch (error) {
      outcome = { error };
    }
  };
  try {
    callWork.runInContext(sandbox, { timeout: limitMs });
  } catch {
    throw requestFailed(`operation exceeded time limit: the query was stopped after ${limitMs} ms`);
  } finally {
    delete sandbox.work;
  }
  if (outcome === undefined) throw requestFailed('operation exceeded time limit');
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}
