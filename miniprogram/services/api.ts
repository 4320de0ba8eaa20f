import type { ReaderAction, ReaderInput, ReaderOutput } from '../../contracts/index';
import type { Fault, Result } from '../../contracts/result';
import type { AppFaultCode } from './fault-code';
import { libraryAnswered, libraryTrouble } from './library-trouble';

/** The only error that `call` throws. `requestId` may be empty: then nothing reached our function. */
export class ApiFault extends Error {
  constructor(
    readonly code: AppFaultCode,
    readonly retryable: boolean,
    readonly requestId: string,
  ) {
    super(code);
  }
}

type Event = Parameters<typeof wx.cloud.callFunction>[0]['data'];
type FunctionName = Parameters<typeof wx.cloud.callFunction>[0]['name'];

const TIME_LIMIT_MS = 12_000;
const RETRY_AFTER_MS = 400;

/**
 * Whether an action may be made a second time by itself: reads, and writes whose request id keeps the
 * function from carrying them out twice. Any other write may have been carried out.
 */
const REPEATABLE: Record<ReaderAction, boolean> = {
  'system.capabilities': true,
  'system.status': false,
  'library.hours': true,
  'catalog.search': true,
  'catalog.suggest': false,
  'catalog.bib': true,
  'catalog.holdings': true,
  'catalog.related': true,
  'catalog.newBooks': true,
  'catalog.mostBorrowed': true,
  'catalog.scan': true,
  'cards.methods': true,
  'cards.start': false,
  'cards.bind': false,
  'cards.unbind': true,
  'cards.mine': true,
  'cards.pass': true,
  'loans.list': true,
  'loans.renew': true,
  'loans.renewAll': true,
  'loans.renewScanned': true,
  'holds.list': true,
  'holds.pickupPlaces': true,
  'holds.place': true,
  'holds.cancel': true,
  'holds.watch': true,
  'holds.watches': true,
  'fines.list': true,
  'history.list': true,
  'history.switch': true,
  'history.export': true,
  'history.erase': false,
  'ask.question': true,
  'ask.entry': true,
  'ask.topics': true,
  'onboarding.overview': true,
  'onboarding.facts': true,
  'onboarding.exercise': true,
  'onboarding.read': true,
  'onboarding.campus': true,
  // a paper that is open is given again, an answer saved again is the same, a paper handed in is marked once
  'onboarding.begin': true,
  'onboarding.answer': true,
  'onboarding.submit': true,
  'onboarding.result': true,
  'onboarding.certificate': true,
  'report.overview': true,
  'report.optIn': true,
  'report.optOut': true,
  'report.open': true,
  'report.version': true,
  'report.books': true,
  'report.hide': true,
  // one link a report: asking again gives the same
  'report.share': true,
  'report.revoke': true,
  'report.code': true,
  // what is under way is not asked for twice
  'report.dispute': true,
  // a path that nothing is uploaded to is forgotten by itself
  'feedback.upload': true,
  // the request id keeps it from being kept twice
  'feedback.send': true,
  'feedback.more': true,
  'feedback.list': true,
  'feedback.show': true,
  'feedback.close': true,
  'feedback.remove': true,
  'messages.inbox': true,
  'messages.unread': false,
  'messages.markRead': true,
  'messages.remove': true,
  'messages.settings': true,
  'messages.switch': true,
  // the request id keeps it from being counted twice
  'messages.granted': true,
  'privacy.export': true,
  'privacy.erase': false,
};
/** Works through many books at the library. */
const SLOW: ReaderAction[] = ['loans.renew', 'loans.renewAll'];
const SLOW_LIMIT_MS = 30_000;

/** How a call is made: whether it may be made a second time by itself, and how long it may take, ms. */
interface CallRules {
  repeatable: boolean;
  limitMs?: number;
}

/**
 * Calls an action of the `reader` function. A retryable failure of a read is tried once more, silently.
 * @throws ApiFault
 */
export function call<A extends ReaderAction>(action: A, input: ReaderInput<A>): Promise<ReaderOutput<A>> {
  const rules = {
    repeatable: REPEATABLE[action],
    limitMs: SLOW.includes(action) ? SLOW_LIMIT_MS : TIME_LIMIT_MS,
  };
  return callFunction<ReaderOutput<A>>('reader', { action, input }, rules);
}

/** Calls any function that a client may call. @throws ApiFault */
export async function callFunction<T>(
  name: FunctionName,
  event: Event,
  { repeatable, limitMs = TIME_LIMIT_MS }: CallRules,
): Promise<T> {
  try {
    return await callOnce<T>(name, event, limitMs);
  } catch (error) {
    const fault = asFault(error);
    const worthIt = fault.retryable && fault.code !== 'TIMEOUT' && repeatable;
    if (!worthIt) throw fault;
  }
  await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
  try {
    return await callOnce<T>(name, event, limitMs);
  } catch (error) {
    throw asFault(error);
  }
}

/** Any failure as a fault: what is not one already is a defect of ours. */
export function asFault(error: unknown): ApiFault {
  return error instanceof ApiFault ? error : new ApiFault('INTERNAL', false, '');
}

async function callOnce<T>(name: FunctionName, event: Event, limitMs: number): Promise<T> {
  const answer = await withTimeLimit(wx.cloud.callFunction({ name, data: event }), limitMs);
  const result: unknown = answer.result;
  if (!isResult<T>(result)) throw new ApiFault('INTERNAL', true, '');
  if (result.ok ? hasState(result.data, 'stale') : result.error.code === 'LIBRARY_UNREACHABLE')
    libraryTrouble();
  else if (result.ok && hasState(result.data, 'fresh')) libraryAnswered();
  if (!result.ok) throw new ApiFault(result.error.code, result.error.retryable, result.error.requestId);
  return result.data;
}

/** `stale`: answered from a copy, because the library could not be asked; `fresh`: it was asked. */
function hasState(data: unknown, state: 'stale' | 'fresh'): boolean {
  return typeof data === 'object' && data !== null && 'state' in data && data.state === state;
}

async function withTimeLimit<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  const limit = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(new ApiFault('TIMEOUT', true, '')), limitMs);
    const stop = () => clearTimeout(timer);
    promise.then(stop, stop);
  });
  try {
    return await Promise.race([promise, limit]);
  } catch (error) {
    throw error instanceof ApiFault ? error : platformFault(error);
  }
}

/** What `wx.cloud` itself rejects with: no network, the function's own time limit, a crash of the function. */
function platformFault(error: unknown): ApiFault {
  const { errCode, errMsg, message } = error as { errCode?: number; errMsg?: string; message?: string };
  const words = errMsg ?? message ?? '';
  if (errCode === -504003 || /time(d )?\s?out/i.test(words)) return new ApiFault('TIMEOUT', true, '');
  if (errCode === -1 || /request:fail|network|fetch|offline|ERR_/i.test(words))
    return new ApiFault('OFFLINE', true, '');
  return new ApiFault('INTERNAL', true, '');
}

function isResult<T>(value: unknown): value is Result<T> {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  if (value.ok === true) return 'data' in value;
  return value.ok === false && 'error' in value && isFault(value.error);
}

function isFault(value: unknown): value is Fault {
  const fault = value as Partial<Fault> | null;
  return typeof fault?.code === 'string' && typeof fault.requestId === 'string';
}
