import { failureOf, yesOr, type Bench, type Check } from './check';

/** What the smoke function answers when it calls itself. */
export interface Inner {
  openid?: unknown;
  source?: unknown;
  userInfo?: { openId?: unknown } | undefined;
}

async function callSelf({ app, context }: Bench, data: object): Promise<unknown> {
  return (await app.callFunction({ name: String(context['function_name']), data })).result;
}

export const functionChecks: readonly Check[] = [
  {
    name: 'fn.openid',
    claim: 'getWXContext() tells the openid of the client that called',
    expected: 'yes',
    run: async ({ wx }) => {
      const { OPENID, ENV, APPID } = wx.getWXContext();
      return yesOr(
        [OPENID, ENV, APPID].every((value) => typeof value === 'string' && value !== ''),
        {
          OPENID: typeof OPENID,
          ENV,
          APPID: typeof APPID,
        },
      );
    },
  },
  {
    name: 'fn.user-info',
    claim: 'the platform puts userInfo with the openid into the event',
    expected: 'yes',
    run: async ({ wx, event }) => {
      const { openId } = (event['userInfo'] ?? {}) as { openId?: unknown };
      return yesOr(openId !== undefined && openId === wx.getWXContext().OPENID, typeof openId);
    },
  },
  {
    name: 'fn.context',
    claim: 'the context tells request, function, memory and time limit',
    expected: 'string string number number',
    run: async ({ context }) =>
      ['request_id', 'function_name', 'memory_limit_in_mb', 'time_limit_in_ms']
        .map((name) => typeof context[name])
        .join(' '),
  },
  {
    name: 'fn.time-zone',
    claim: 'functions run in UTC',
    expected: '0',
    run: async () => String(new Date().getTimezoneOffset()),
  },
  {
    name: 'fn.nested-openid',
    claim: 'a function that is called by a function still sees the openid of the client',
    expected: 'yes',
    run: async (bench) => {
      const { openid } = (await callSelf(bench, { inner: 'who' })) as Inner;
      return yesOr(openid !== undefined && openid === bench.wx.getWXContext().OPENID, typeof openid);
    },
  },
  {
    name: 'fn.nested-source',
    claim: 'SOURCE of a nested call ends with ",scf"',
    expected: 'yes',
    run: async (bench) => {
      const { source } = (await callSelf(bench, { inner: 'who' })) as Inner;
      return yesOr(String(source).endsWith(',scf'), source);
    },
  },
  {
    name: 'fn.nested-user-info',
    claim: 'a nested call cannot choose userInfo: the platform puts its own there',
    expected: 'yes',
    run: async (bench) => {
      const data = { inner: 'who', userInfo: { openId: 'chosen' } };
      const { userInfo } = (await callSelf(bench, data)) as Inner;
      return yesOr(userInfo?.openId !== 'chosen', userInfo);
    },
  },
  {
    name: 'fn.undefined-is-null',
    claim: 'a function that answers undefined answers null',
    expected: 'null',
    run: async (bench) => JSON.stringify(await callSelf(bench, { inner: 'nothing' })),
  },
  {
    name: 'fn.thrown-error',
    claim: 'an error that a function throws is FUNCTIONS_EXECUTE_FAIL for its caller',
    expected: 'FUNCTIONS_EXECUTE_FAIL',
    run: async (bench) => failureOf(callSelf(bench, { inner: 'throw' })),
  },
  {
    name: 'fn.result-1mb',
    claim: 'an answer above 1 MB fails, also from function to function',
    expected: 'fails',
    run: async (bench) => {
      const failure = await failureOf(callSelf(bench, { inner: 'big' }));
      return failure === 'no error' ? failure : 'fails';
    },
  },
  {
    name: 'fn.not-found',
    claim: 'calling a function that does not exist is FUNCTION_NOT_FOUND',
    expected: 'FUNCTION_NOT_FOUND',
    run: async ({ app }) => failureOf(app.callFunction({ name: 'smoke_never_made', data: {} })),
  },
];
