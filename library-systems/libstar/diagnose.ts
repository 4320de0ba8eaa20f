import * as v from 'valibot';
import type { Finding } from '../connected-system';
import type { HttpClient } from '../http/http-client';
import { diagnoseSite } from '../web-session/look-at-site';
import { SearchInput } from '../../contracts/catalog';
import type { LibStar } from './ask';
import type { LibStarConfig } from './config';
import { search } from './search';

const GroupCode = v.object({ groupCode: v.nullish(v.string()) });

/** Whether the site is there, is LibStar, and takes our two headers. */
export function diagnose(
  http: HttpClient,
  site: LibStar,
  config: LibStarConfig,
  clock: { now(): number },
): Promise<Finding[]> {
  return diagnoseSite(
    {
      http,
      clock,
      charset: 'utf-8',
      path: '/',
      product: 'LibStar Find',
      marks: /libsp\.c|libstar|统一检索|图星|staticfind/iu,
    },
    () => probe(site, config),
  );
}

/**
 * Without `Referer` the site answers errCode 9999, which is a fault; without the right `groupCode` it finds
 * nothing and says nothing, which shows only by a search that must find something.
 */
async function probe(site: LibStar, config: LibStarConfig): Promise<Finding[]> {
  const { total } = await search(site, config, v.parse(SearchInput, { text: config.probeWord, pageSize: 1 }));
  if (total > 0) {
    return [
      { topic: 'institution', level: 'ok', text: `A search for "${config.probeWord}" finds ${total} titles` },
    ];
  }
  const told = await toldGroupCode(site);
  const hint =
    told === undefined || told === config.groupCode
      ? 'groupCode is wrong for this site, or no title has that word: see the request headers of the site’s own page'
      : `the site itself says groupCode ${told}; set that`;
  return [
    {
      topic: 'institution',
      level: 'error',
      text: `A search for "${config.probeWord}" finds nothing: ${hint}`,
    },
  ];
}

/** `POST /find/homePage/getGroupCode`, which needs no groupCode; not every site has it. */
async function toldGroupCode(site: LibStar): Promise<string | undefined> {
  try {
    const path = '/find/homePage/getGroupCode';
    const { groupCode } = await site.read({ method: 'POST', path, body: { mappingPath: '' } }, GroupCode);
    return groupCode ?? undefined;
  } catch {
    return undefined;
  }
}
