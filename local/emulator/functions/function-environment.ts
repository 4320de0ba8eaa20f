import type { FunctionDefinition } from './function-definition';
import type { Caller } from './caller';

/** The names by which this cloud goes. */
export const CLOUD = {
  env: 'local',
  appid: 'wx0000000000local0',
  region: 'ap-shanghai',
  /** Stands in file ids: `cloud://<env>.<bucket>/<path>`. */
  bucket: '6c6f-local-1250000000',
  /** The original id of the mini program: to whom its readers write. */
  account: 'gh_local',
} as const;

/**
 * What the platform puts into every instance of a function, whoever calls. Nothing of this process's own
 * environment gets in.
 * @param url where the SDKs send their requests
 */
export function platformEnvironment(url: string): Record<string, string> {
  return {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: CLOUD.region,
    // the SDKs sign with these; nobody here checks the signature, the address is the secret
    TENCENTCLOUD_SECRETID: 'local',
    TENCENTCLOUD_SECRETKEY: 'local',
    SCF_NAMESPACE: CLOUD.env,
    TCB_ENV: CLOUD.env,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: url }),
  };
}

/** What is set anew for each call: who is calling and through what. */
export function callEnvironment(caller: Caller, token: string): Record<string, string> {
  const { openid, unionid, from } = caller;
  return {
    WX_CONTEXT_KEYS: 'WX_CLIENTIP,WX_OPENID,WX_APPID,WX_UNIONID,WX_FROM_OPENID,WX_FROM_UNIONID,WX_API_TOKEN',
    WX_APPID: CLOUD.appid,
    WX_API_TOKEN: token,
    TCB_CONTEXT_KEYS: 'TCB_SOURCE',
    TCB_SOURCE: caller.source,
    ...(openid ? { WX_OPENID: openid, WX_CLIENTIP: '127.0.0.1' } : {}),
    ...(unionid ? { WX_UNIONID: unionid } : {}),
    ...(from ? { WX_FROM_OPENID: from.openid } : {}),
    ...(from?.unionid ? { WX_FROM_UNIONID: from.unionid } : {}),
    ...(caller.timer ? { TRIGGER_SRC: 'timer', WX_TRIGGER_API_TOKEN_V0: token } : {}),
  };
}

/** The second argument of `main`, in the shape that the SDKs' `parseContext` takes apart. */
export function callContext(
  definition: FunctionDefinition,
  requestId: string,
  environment: Record<string, string>,
): Record<string, unknown> {
  return {
    callbackWaitsForEmptyEventLoop: true,
    memory_limit_in_mb: definition.memoryMb,
    time_limit_in_ms: definition.timeoutMs,
    request_id: requestId,
    requestId,
    function_name: definition.name,
    function_version: '$LATEST',
    namespace: CLOUD.env,
    tencentcloud_region: CLOUD.region,
    environment: JSON.stringify(environment),
    environ: Object.entries(environment)
      .map(([key, value]) => `${key}=${value}`)
      .join(';'),
  };
}
