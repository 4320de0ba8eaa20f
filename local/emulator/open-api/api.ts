import type { Clock } from '../../clock';
import type { Parameters } from './codec';
import type { Script, WechatState } from './wechat-state';

/** The API's own refusal, as WeChat numbers it. */
export class OpenApiError extends Error {
  override readonly name = 'OpenApiError';

  constructor(
    readonly errcode: number,
    message: string,
  ) {
    super(message);
  }
}

export interface ApiCall {
  parameters: Parameters;
  state: WechatState;
  clock: Clock;
  /** What a test prescribed for this call, apart from errors. */
  script: Script | undefined;
  /** Starts the check of a picture or sound, whose result comes as an event. */
  beginCheck: (check: { openid: string; result: Record<string, unknown> }) => string;
}

/** What the API answers beside errcode 0. */
export type ApiAnswer = { json: Record<string, unknown> } | { picture: Buffer; contentType: string };

/** @throws {OpenApiError} */
export type Api = (call: ApiCall) => ApiAnswer;

/** A text parameter; WeChat's code for its absence differs from one to the other. */
export function requireText(parameters: Parameters, name: string, errcode: number): string {
  const value = parameters[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new OpenApiError(errcode, `invalid ${name}`);
}

/** A reader's openid: 40003 when it cannot be one. */
export function requireOpenid(parameters: Parameters, name: string): string {
  const openid = requireText(parameters, name, 40003);
  if (!/^[\w-]{1,64}$/.test(openid)) throw new OpenApiError(40003, `invalid openid in ${name}`);
  return openid;
}
