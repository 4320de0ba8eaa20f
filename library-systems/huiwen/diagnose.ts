import * as v from 'valibot';
import { SearchInput } from '../../contracts/catalog';
import type { Finding } from '../connected-system';
import type { HttpClient } from '../http/http-client';
import { diagnoseSite } from '../web-session/look-at-site';
import { openWebSession } from '../web-session/web-session';
import type { HuiwenConfig } from './config';
import type { Catalogue } from './search';
import { fetchCaptcha } from './sign-in';

/** Whether the site is there, is a Huiwen OPAC, in the character set that is configured, and finds titles. */
export function diagnose(
  http: HttpClient,
  config: HuiwenConfig,
  catalogue: Catalogue,
  clock: { now(): number },
): Promise<Finding[]> {
  return diagnoseSite(
    {
      http,
      clock,
      charset: config.charset,
      path: '/opac/search.php',
      product: 'Huiwen (汇文 Libsys)',
      marks: /汇文|huiwen|libsys/iu,
      version: /OPAC\s+v?(\d+(?:\.\d+){1,4})/iu,
    },
    () => probe(config, catalogue),
    ...(config.signIn?.captcha ? [() => lookAtCaptcha(http, config)] : []),
  );
}

async function probe({ probeWord }: HuiwenConfig, catalogue: Catalogue): Promise<Finding[]> {
  const { total } = await catalogue.search(v.parse(SearchInput, { text: probeWord, pageSize: 1 }));
  if (total > 0) {
    return [{ topic: 'protocol', level: 'ok', text: `A search for "${probeWord}" finds ${total} titles` }];
  }
  const text = `A search for "${probeWord}" finds nothing: set probeWord to a word that many titles have`;
  return [{ topic: 'configuration', level: 'warning', text }];
}

async function lookAtCaptcha(http: HttpClient, { baseUrl }: HuiwenConfig): Promise<Finding[]> {
  await fetchCaptcha(openWebSession(http, baseUrl));
  return [{ topic: 'credentials', level: 'ok', text: 'The sign-in page gives a captcha' }];
}
