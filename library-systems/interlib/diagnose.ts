import * as v from 'valibot';
import { SearchInput } from '../../contracts/catalog';
import type { Finding } from '../connected-system';
import type { HttpClient } from '../http/http-client';
import { diagnoseSite } from '../web-session/look-at-site';
import type { InterlibConfig } from './config';
import { search } from './search';

/** Whether the site is there, is an Interlib OPAC, lets a gateway search, and finds titles. */
export function diagnose(
  http: HttpClient,
  config: InterlibConfig,
  clock: { now(): number },
): Promise<Finding[]> {
  return diagnoseSite(
    {
      http,
      clock,
      charset: config.charset,
      path: '/index',
      product: 'Interlib (图创)',
      marks: /图创|interlib/iu,
      version: /interlib\s*v?(\d+(?:\.\d+){0,3})/iu,
    },
    () => probe(http, config),
  );
}

async function probe(http: HttpClient, config: InterlibConfig): Promise<Finding[]> {
  const { probeWord, curlibcode } = config;
  const { total } = await search(http, config, v.parse(SearchInput, { text: probeWord, pageSize: 1 }));
  if (total > 0) {
    return [{ topic: 'protocol', level: 'ok', text: `A search for "${probeWord}" finds ${total} titles` }];
  }
  const hint =
    curlibcode === undefined
      ? 'set probeWord to a word that many titles have'
      : `check curlibcode "${curlibcode}", or set probeWord to a word that many titles have`;
  const level = curlibcode === undefined ? ('warning' as const) : ('error' as const);
  return [{ topic: 'institution', level, text: `A search for "${probeWord}" finds nothing: ${hint}` }];
}
