import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ApiFault, asFault, call } from '../../miniprogram/services/api';

type CallFunction = (options: { name: string; data: unknown }) => Promise<{ result: unknown }>;
const callFunction = jest.fn<CallFunction>();
const good = { result: { ok: true, data: { suggestions: ['a'] } } };
const refused = (code: string, retryable: boolean) => ({
  result: { ok: false, error: { code, retryable, requestId: 'r-1' } },
});

/** The fault that a call ends with, once every timer has run. */
async function faultOf(promise: Promise<unknown>): Promise<ApiFault> {
  const caught = promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  await jest.runAllTimersAsync();
  const error = await caught;
  if (!(error instanceof ApiFault)) throw new Error(`no fault but ${String(error)}`);
  return error;
}

beforeEach(() => {
  jest.useFakeTimers();
  callFunction.mockReset();
  Object.assign(globalThis, { wx: { cloud: { callFunction } } });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('call', () => {
  it('unwraps what the reader function answers', async () => {
    callFunction.mockResolvedValue(good);
    await expect(call('catalog.suggest', { text: 'a' })).resolves.toEqual({ suggestions: ['a'] });
    expect(callFunction).toHaveBeenCalledWith({
      name: 'reader',
      data: { action: 'catalog.suggest', input: { text: 'a' } },
    });
  });

  it('throws the fault with its request id', async () => {
    callFunction.mockResolvedValue(refused('NOT_FOUND', false));
    const fault = await faultOf(call('catalog.bib', { bibId: 'b' }));
    expect(fault).toMatchObject({ code: 'NOT_FOUND', retryable: false, requestId: 'r-1' });
    expect(callFunction).toHaveBeenCalledTimes(1);
  });

  it('tries a retryable read once more, and only once', async () => {
    callFunction.mockResolvedValueOnce(refused('LIBRARY_UNREACHABLE', true)).mockResolvedValueOnce(good);
    const answer = call('catalog.search', { text: 'a' });
    await jest.runAllTimersAsync();
    await expect(answer).resolves.toEqual({ suggestions: ['a'] });
    callFunction.mockReset().mockResolvedValue(refused('LIBRARY_UNREACHABLE', true));
    expect((await faultOf(call('catalog.search', { text: 'a' }))).code).toBe('LIBRARY_UNREACHABLE');
    expect(callFunction).toHaveBeenCalledTimes(2);
  });

  it('gives up waiting, and does not make the reader wait twice', async () => {
    callFunction.mockReturnValue(new Promise(() => undefined));
    expect((await faultOf(call('catalog.bib', { bibId: 'b' }))).code).toBe('TIMEOUT');
    expect(callFunction).toHaveBeenCalledTimes(1);
  });

  it.each([
    [{ errCode: -1, errMsg: 'cloud.callFunction:fail request:fail' }, 'OFFLINE'],
    [{ errMsg: 'cloud.callFunction:fail Error: network error' }, 'OFFLINE'],
    [{ errCode: -504003, errMsg: 'FUNCTIONS_TIME_LIMIT_EXCEEDED' }, 'TIMEOUT'],
    [{ errCode: -1, errMsg: 'request:fail timeout' }, 'TIMEOUT'],
    [{ errCode: -504002, errMsg: 'functions execute fail' }, 'INTERNAL'],
    [new TypeError('callFunction is not a function'), 'INTERNAL'],
    [{ errCode: -501000, errMsg: 'FUNCTION_NOT_FOUND' }, 'INTERNAL'],
  ])('tells %j as %s', async (error, code) => {
    callFunction.mockRejectedValue(error);
    expect((await faultOf(call('catalog.bib', { bibId: 'b' }))).code).toBe(code);
  });

  it.each([undefined, null, 'hello', {}, { ok: true }, { ok: false }, { ok: false, error: {} }])(
    'takes the answer %j for a defect',
    async (result) => {
      callFunction.mockResolvedValue({ result });
      expect((await faultOf(call('catalog.bib', { bibId: 'b' }))).code).toBe('INTERNAL');
    },
  );
});

describe('asFault', () => {
  it('makes a defect of whatever is not a fault', () => {
    expect(asFault(new TypeError('x'))).toMatchObject({ code: 'INTERNAL', retryable: false });
  });
});
