import * as v from 'valibot';
import type { Finding } from '../connected-system';
import type { Folio } from './connection';
import type { Edge } from './edge';

export interface Look {
  what: string;
  topic: Finding['topic'];
  ok: string;
  /** What to set when it is refused. */
  advice: string;
  /** Without it nothing else can be asked. */
  first?: true;
  /** @returns what there is to say instead of `ok` @throws {LibraryFault} */
  ask(): Promise<Finding | undefined>;
}

/** Nobody's id. */
const NOBODY = '00000000-0000-4000-8000-000000000000';
const MAX_SKEW_MS = 120_000;

/** What a library's IT wants to know, in the order in which it can be found out. */
export function* readCircumstances({ okapi, clock, config }: Folio, edge: Edge | undefined): Generator<Look> {
  const list = async (
    path: string,
    name: string,
    query = 'cql.allRecords=1',
    more?: Record<string, string>,
  ): Promise<undefined> => {
    const collection = { path, name, entry: v.looseObject({}), query: { ...more } };
    await okapi.readPage(collection, query, { offset: 0, limit: 1 });
  };
  const permission = 'Give the service account the permission that the README names for it';
  yield {
    ...{ what: 'OKAPI', topic: 'credentials', ok: 'OKAPI admits the service account', first: true },
    advice: 'Check okapi.baseUrl, okapi.tenant and the variables of okapi.userEnv and okapi.passwordEnv',
    ask: () => list('/locations', 'locations'),
  };
  yield {
    ...{ what: 'clock', topic: 'timeZone', advice: '' },
    ok: `The clocks agree; due times are shown in ${config.timeZone}`,
    ask: async () => {
      const { headers } = await okapi.send({ path: '/locations', query: { limit: 0 } });
      const skew = Date.parse(headers.date ?? '') - clock.now();
      if (!(Math.abs(skew) > MAX_SKEW_MS)) return undefined;
      const text = `The server's clock is ${Math.round(skew / 1000)} s from ours`;
      return { topic: 'timeZone', level: 'warning', text };
    },
  };
  if (config.catalog) {
    yield {
      ...{ what: 'search', topic: 'protocol', ok: 'mod-search answers', advice: permission },
      ask: () => list('/search/instances', 'instances', `id=="${NOBODY}"`, { expandAll: 'true' }),
    };
    yield {
      ...{ what: 'copies', topic: 'protocol', ok: 'mod-inventory answers', advice: permission },
      ask: () => list('/inventory/items', 'items', `id=="${NOBODY}"`),
    };
  }
  if (!edge) return;
  yield {
    ...{ what: 'users', topic: 'protocol', ok: 'mod-users answers', advice: permission },
    ask: () => list('/users', 'users', `id=="${NOBODY}"`),
  };
  yield {
    ...{ what: 'blocks', topic: 'protocol', ok: 'mod-feesfines answers', advice: permission },
    ask: () => list('/manualblocks', 'manualblocks', `userId=="${NOBODY}"`),
  };
  yield {
    ...{ what: 'edge-patron', topic: 'credentials', ok: 'edge-patron accepts the API key' },
    advice: 'Check edgePatron.baseUrl and the variable of edgePatron.apiKeyEnv',
    // 404: there is no such patron, and we were allowed to ask.
    ask: async () => {
      await edge.ask({ method: 'GET', path: [NOBODY], query: { limit: 1, offset: 0 } }, v.looseObject({}));
      return undefined;
    },
  };
}
