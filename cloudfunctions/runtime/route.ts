import * as v from 'valibot';
import type { Fault, Result } from '../../contracts/result';
import { LibraryFault } from '../../library-systems/library-fault';
import { AppError } from './app-error';
import type { Context } from './context';
import { placeOf, type Log, type LogFields } from './log';

type Api = Record<string, { input: v.GenericSchema; output: v.GenericSchema }>;

/** One handler for each action of an API. */
export type Handlers<A extends Api> = {
  [K in keyof A]: (
    context: Context,
    input: v.InferOutput<A[K]['input']>,
  ) => Promise<v.InferOutput<A[K]['output']>>;
};

/**
 * Whom a function serves.
 * - reader: who the platform says they are; nobody without an identity
 * - anybody: with or without
 * - staff: whoever holds the keys of the cloud environment; a call that comes from a WeChat user is refused, even
 *   where a rule would let it through
 */
export type Audience = 'reader' | 'anybody' | 'staff';

/**
 * Serves one event `{action, input}`: validates, calls the handler, and turns
 * whatever happens into the envelope. This is the only place where a fault
 * becomes an answer. Other fields of the event (the platform adds `userInfo`)
 * are ignored.
 */
export async function route<A extends Api>(
  api: A,
  handlers: Handlers<A>,
  context: Context,
  event: unknown,
  log: Log,
  audience: Audience = 'reader',
): Promise<Result<unknown>> {
  const started = Date.now();
  const action = actionOf(api, event);
  const finish = (level: 'info' | 'warn' | 'error', outcome: string, more: LogFields = {}): void => {
    log(level, 'call', { action: action ?? 'unknown', outcome, ms: Date.now() - started, ...more });
  };
  try {
    admit(audience, context.openid);
    if (action === undefined) throw new AppError('BAD_REQUEST', 'no such action');
    const input = v.safeParse(api[action]!.input, (event as { input?: unknown }).input, { abortEarly: true });
    if (!input.success) throw new AppError('BAD_REQUEST', describeIssue(input.issues[0]));
    const handler = handlers[action];
    const data = await handler(context, input.output);
    finish('info', 'ok');
    return { ok: true, data };
  } catch (error) {
    const known = toAppError(error);
    const detail = known.code === 'INTERNAL' ? placeOf(error) : { reason: known.message };
    finish(known.code === 'INTERNAL' ? 'error' : 'warn', known.code, detail);
    return faultOf(known, context.requestId);
  }
}

function admit(audience: Audience, openid: string): void {
  if (audience === 'reader' && openid === '') throw new AppError('NO_IDENTITY', 'called without an identity');
  if (audience === 'staff' && openid !== '') throw new AppError('NOT_FOUND', 'called by a client');
}

export function faultOf(
  error: { code: Fault['code']; retryable: boolean },
  requestId: string,
): { ok: false; error: Fault } {
  return { ok: false, error: { code: error.code, retryable: error.retryable, requestId } };
}

function actionOf<A extends Api>(api: A, event: unknown): (keyof A & string) | undefined {
  if (typeof event !== 'object' || event === null) return undefined;
  const { action } = event as { action?: unknown };
  return typeof action === 'string' && Object.hasOwn(api, action) ? action : undefined;
}

/**
 * Where the input is wrong and what was expected; never what was sent, which may
 * be personal. The name of a field that is not in the contract was sent, too.
 */
function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).slice(0, issue.expected === 'never' ? -1 : undefined);
  const place =
    path
      .map(({ key }) => String(key))
      .join('.')
      .slice(0, 100) || '(input)';
  return `${place}: expected ${issue.expected ?? issue.type}`;
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof LibraryFault) {
    return new AppError('LIBRARY_UNREACHABLE', `${error.code}: ${error.message}`, error.code !== 'REJECTED', {
      cause: error,
    });
  }
  return new AppError('INTERNAL', 'unexpected error', false, { cause: error });
}
