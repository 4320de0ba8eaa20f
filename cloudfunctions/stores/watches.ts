import { MAX_WATCHES } from '../../contracts/holds';
import { table } from '../cloud/database';
import { transaction } from '../cloud/transaction';

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
  return transaction(async (tables) => {
    const watches = tables<WatchesDocument>(COLLECTION);
    const titles = (await watches.find(openid))?.titles ?? [];
    const left = titles.filter((one) => one.bibId !== bibId);
    if (left.length === 0) await watches.remove(openid);
    else if (left.length < titles.length) await watches.put({ _id: openid, titles: left });
    return left;
  });
}
