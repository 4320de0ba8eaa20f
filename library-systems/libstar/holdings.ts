import * as v from 'valibot';
import type { Bib, Holdings, Item } from '../../contracts/catalog';
import { LibraryFault } from '../library-fault';
import { clcOf, isbn13In, publisherIn, splitTitle } from '../web-session/bib-fields';
import { branchOf } from '../web-session/branches';
import { countCopies } from '../count-copies';
import { idFor } from '../web-session/item-id';
import { itemStatus } from '../web-session/item-status';
import { dueAtIn, yearIn } from '../web-session/read-date';
import { LooseText } from '../web-session/read-json';
import type { LibStar } from './ask';
import { isUnsuccessful } from './ask';
import type { LibStarConfig } from './config';
import { findByBarcode, RECORD_ID } from './search';

/** Copies in one answer, and most that are read of one title. */
const ROWS = 100;
const MOST_COPIES = 5_000;

const Row = v.object({
  itemId: LooseText,
  barcode: LooseText,
  propNo: LooseText,
  callNo: LooseText,
  libCode: LooseText,
  libName: LooseText,
  locationId: LooseText,
  locationName: LooseText,
  shelfNo: LooseText,
  processType: LooseText,
  circAttr: LooseText,
});
const Page = v.nullish(
  v.object({
    totalCount: v.pipe(v.number(), v.integer(), v.minValue(0)),
    list: v.nullish(v.array(Row), []),
  }),
);
const Detail = v.nullish(
  v.object({
    bean2List: v.nullish(v.array(v.object({ key: v.nullish(v.string()), fieldVal: v.nullish(v.string()) }))),
  }),
);

/** `POST /find/physical/groupitems`, read to the end. */
async function readItems(site: LibStar, config: LibStarConfig, recordId: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let page = 1; ; page++) {
    const body = { recordId, page, rows: ROWS, isUnify: true, sortType: 0, callNo: '', entrance: null };
    const answer = await site.read({ method: 'POST', path: '/find/physical/groupitems', body }, Page);
    items.push(...(answer?.list ?? []).map((row) => itemOf(row, config)));
    const total = answer?.totalCount ?? 0;
    if (items.length >= total) return items;
    if ((answer?.list ?? []).length === 0 || items.length >= MOST_COPIES) {
      throw new LibraryFault('GARBLED', `groupitems told of ${total} copies and listed ${items.length}`);
    }
  }
}

/** `circAttr` other than 0: the copy is there and is not lent (seen in public code). */
function itemOf(row: v.InferOutput<typeof Row>, { branches, timeZone }: LibStarConfig): Item {
  const barcode = row.barcode ?? row.propNo ?? '';
  const text = row.processType ?? '';
  const told = itemStatus(text);
  const status = told === 'available' && (row.circAttr ?? '0') !== '0' ? 'referenceOnly' : told;
  const dueAt = status === 'onLoan' ? dueAtIn(text, timeZone) : undefined;
  const branch = branchOf(branches, row.libCode, row.libName);
  const locationName = row.locationName ?? branch.name;
  return {
    itemId: idFor(row.itemId ?? barcode),
    barcode,
    branch,
    location: { code: row.locationId ?? locationName, name: locationName },
    ...(row.callNo !== undefined && { callNumber: row.callNo }),
    ...(row.shelfNo !== undefined && { shelf: row.shelfNo }),
    status,
    ...(text !== '' && { statusText: text }),
    ...(dueAt !== undefined && { dueAt }),
  };
}

/** `GET /find/searchResultDetail/getBookDetail`: what is said of a title, by field code. */
async function readDetail(site: LibStar, recordId: string): Promise<Map<string, string[]> | undefined> {
  const path = '/find/searchResultDetail/getBookDetail';
  const answer = await site.ask({ method: 'GET', path, query: { recordId } }, Detail);
  if (isUnsuccessful(answer)) {
    if (/不存在|无此|未找到|没有/u.test(answer.refused)) return undefined;
    throw new LibraryFault('REJECTED', `${path} refuses what it is asked`, { reason: 'protocol' });
  }
  const fields = new Map<string, string[]>();
  for (const { key, fieldVal } of answer?.bean2List ?? []) {
    if (!key || !fieldVal?.trim()) continue;
    fields.set(key, [...(fields.get(key) ?? []), fieldVal.trim()]);
  }
  return fields.has('cnb01') ? fields : undefined;
}

export async function readBib(site: LibStar, config: LibStarConfig, bibId: string): Promise<Bib | undefined> {
  if (!RECORD_ID.test(bibId)) return undefined;
  const [fields, items] = await Promise.all([readDetail(site, bibId), readItems(site, config, bibId)]);
  if (!fields) return undefined;
  const valuesOf = (code: string): string[] => fields.get(code) ?? [];
  const { title, author } = splitTitle(valuesOf('cnb01')[0] ?? '');
  const [publication = ''] = valuesOf('cnb03');
  const publisher = publisherIn(publication);
  const year = yearIn(publication);
  const isbn13 = valuesOf('cnb04')
    .map(isbn13In)
    .find((isbn) => isbn !== undefined);
  const callNumber = items.find((item) => item.callNumber !== undefined)?.callNumber;
  const clc = clcOf(callNumber ?? valuesOf('cnb67')[0]);
  return {
    bibId,
    title,
    author,
    ...(publisher !== undefined && { publisher }),
    ...(year !== undefined && { year }),
    ...(isbn13 !== undefined && { isbn13 }),
    ...(callNumber !== undefined && { callNumber }),
    ...(clc !== undefined && { clc }),
    ...countCopies(items),
    subjects: [],
  };
}

export async function readHoldings(
  site: LibStar,
  config: LibStarConfig,
  bibId: string,
  now: number,
): Promise<Holdings | undefined> {
  if (!RECORD_ID.test(bibId)) return undefined;
  const items = await readItems(site, config, bibId);
  // A title without copies and no title at all are answered alike.
  if (items.length === 0 && !(await readDetail(site, bibId))) return undefined;
  return { bibId, asOf: new Date(now).toISOString(), items };
}

export async function findItem(
  site: LibStar,
  config: LibStarConfig,
  barcode: string,
): Promise<{ item: Item; bibId: string } | undefined> {
  for (const bibId of await findByBarcode(site, barcode)) {
    const items = await readItems(site, config, bibId);
    const item = items.find((one) => one.barcode === barcode);
    if (item) return { item, bibId };
  }
  return undefined;
}
