import { randomUUID } from 'node:crypto';
import { OpenApiError, requireOpenid, requireText, type Api, type ApiCall } from './api';

/** The reader must have been in the mini program within two hours. */
const ACTIVE_MS = 2 * 3_600_000;
const LONGEST_TEXT = 2_500;
const PASSED = { suggest: 'pass', label: 100 };

/** security.msgSecCheck, version 2; passes unless a script says otherwise. */
export const checkText: Api = (call) => {
  const content = requireText(call.parameters, 'content', 44990);
  if ([...content].length > LONGEST_TEXT) throw new OpenApiError(44991, 'content size out of limit');
  requireActiveReader(call);
  const result = call.script?.result ?? PASSED;
  return {
    json: {
      result,
      detail: [{ strategy: 'content_model', errcode: 0, prob: 90, ...result }],
      trace_id: randomUUID(),
    },
  };
};

/** security.mediaCheckAsync, version 2; the result comes later as the event `wxa_media_check`. */
export const checkMedia: Api = (call) => {
  const url = requireText(call.parameters, 'media_url', 44990);
  if (!/^https?:\/\//.test(url)) throw new OpenApiError(40097, 'invalid media_url');
  const type = call.parameters['media_type'];
  if (type !== 1 && type !== 2) throw new OpenApiError(40097, 'invalid media_type');
  const openid = requireActiveReader(call);
  return { json: { trace_id: call.beginCheck({ openid, result: call.script?.result ?? PASSED }) } };
};

function requireActiveReader({ parameters, state, clock }: ApiCall): string {
  if (parameters['version'] !== 2) throw new OpenApiError(40097, 'version must be 2');
  const scene = parameters['scene'];
  if (![1, 2, 3, 4].some((known) => known === scene)) throw new OpenApiError(40097, 'invalid scene');
  const openid = requireOpenid(parameters, 'openid');
  const visit = state.lastVisit(openid);
  if (visit === undefined || clock.now() - visit > ACTIVE_MS) {
    throw new OpenApiError(61010, 'code is expired: the user was not active within two hours');
  }
  return openid;
}
