import { MAX_WATCHES } from '../../contracts/holds';
import { table } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';

const COLLECTION = 'watches';

/** A title about which a reader wants to be told when a copy is back. */
export interface Watch {
  bibId: string;
  title: string;
  /** ms since the epoch */
  since: number;
}

interface WatchesDocument {
  _id: string;
  titles: Watch[];
}

export async function findWatches(openid: string): Promise<Watch[]> {
  return (await table<WatchesDocument>(COLLECTION).find(openid))?.titles ?? [];
}

/** @returns undefined when there are as many as may be */
export async function addWatch(openid: string, watch: Watch): Promise<Watch[] | undefined> {
  return transaction(async (tables) => {
    const watches = tables<WatchesDocument>(COLLECTION);
    const titles = (await watches.find(openid))?.titles ?? [];
    if (titles.some(({ bibId }) => bibId === watch.bibId)) return titles;
    if (titles.length >= MAX_WATCHES) return undefined;
    const more = [...titles, watch];
    await watches.put({ _id: openid, titles: more });
    return more;
  });
}

export async function removeWatch(openid: string, bibId: string): Promise<Watch[]> {
  return transaction((tables) => drop(tables, openid, [bibId]));
}

/**
 * Takes titles off a reader's list in the transaction that tells of them.
 * @returns false when one of them does not stand there any more; then nothing changes
 */
export async function dropWatches(
  tables: Tables,
  openid: string,
  bibIds: readonly string[],
): Promise<boolean> {
  const titles = (await tables<WatchesDocument>(COLLECTION).find(openid))?.titles ?? [];
  if (!bibIds.every((bibId) => titles.some((one) => one.bibId === bibId))) return false;
  await drop(tables, openid, bibIds);
  return true;
}

/** @returns what is left */
async function drop(tables: Tables, openid: string, bibIds: readonly string[]): Promise<Watch[]> {
  const watches = tables<WatchesDocument>(COLLECTION);
  const titles = (await watches.find(openid))?.titles ?? [];
  const left = titles.filter(({ bibId }) => !bibIds.includes(bibId));
  if (left.length === 0) await watches.remove(openid);
  else if (left.length < titles.length) await watches.put({ _id: openid, titles: left });
  return left;
}

/** Readers with the titles that they watch, in the order of their openids. */
export async function listWatchers(
  after: string | undefined,
  limit: number,
): Promise<{ openid: string; titles: Watch[] }[]> {
  const page = { where: {}, by: '_id', after, limit, fields: ['titles'] } as const;
  const found = (await table<WatchesDocument>(COLLECTION).findPage(page)) as WatchesDocument[];
  return found.map(({ _id, titles }) => ({ openid: _id, titles }));
}
