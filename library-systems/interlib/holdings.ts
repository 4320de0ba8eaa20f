import * as v from 'valibot';
import type { Bib, Holdings, Item } from '../../contracts/catalog';
import type { HttpClient } from '../http/http-client';
import { LibraryFault } from '../library-fault';
import { ownValue } from '../own-value';
import { branchOf } from '../web-session/branches';
import { countCopies } from '../count-copies';
import { idFor } from '../web-session/item-id';
import { itemStatus } from '../web-session/item-status';
import { LooseText, readJson } from '../web-session/read-json';
import { localDateOf } from '../zoned-time';
import type { InterlibConfig } from './config';
import { RECNO, summaryFrom } from './search';

const Code = v.nullish(v.union([v.string(), v.number()]));
const Copy = v.object({
  recno: LooseText,
  barcode: LooseText,
  callno: LooseText,
  /** Where the copy is now; `orglib` and `orglocal` say where it belongs. */
  curlib: LooseText,
  curlocal: LooseText,
  shelfno: LooseText,
  state: Code,
});
type Copy = v.InferOutput<typeof Copy>;
const Names = v.nullish(v.record(v.string(), v.nullish(v.string())), {});
const Answer = v.object({
  holdingList: v.nullish(v.array(Copy), []),
  libcodeMap: Names,
  localMap: Names,
  holdStateMap: v.nullish(v.record(v.string(), v.nullish(v.object({ stateName: LooseText }))), {}),
  loanWorkMap: v.nullish(
    v.record(v.string(), v.nullish(v.object({ returnDate: v.nullish(v.union([v.number(), v.string()])) }))),
    {},
  ),
});
type Answer = v.InferOutput<typeof Answer>;

const Biblios = v.object({
  biblios: v.nullish(
    v.object({
      title: LooseText,
      author: LooseText,
      publisher: LooseText,
      pubdate: LooseText,
      isbn: LooseText,
      classNo: LooseText,
      subject: LooseText,
    }),
  ),
});

/** `GET /api/holding/{recno}`: copies, and what their codes mean. */
async function readItems(http: HttpClient, config: InterlibConfig, recno: string): Promise<Item[]> {
  const path = `/api/holding/${recno}`;
  const query = { limitLibcodes: '', isCluster: '', curlibcode: config.curlibcode };
  const answer = readJson(Answer, await http.send({ path, query, kind: 'read' }), '/api/holding');
  return answer.holdingList.map((copy) => itemOf(copy, answer, config));
}

function itemOf(copy: Copy, answer: Answer, { branches, timeZone }: InterlibConfig): Item {
  const { barcode = '', callno, curlib, curlocal, shelfno, state } = copy;
  const text = ownValue(answer.holdStateMap, String(state ?? ''))?.stateName ?? '';
  const status = itemStatus(text);
  const branch = branchOf(branches, curlib, ownValue(answer.libcodeMap, curlib ?? '') ?? undefined);
  const dueAt =
    status === 'onLoan' ? dayOf(ownValue(answer.loanWorkMap, barcode)?.returnDate, timeZone) : undefined;
  return {
    itemId: idFor(copy.recno ?? barcode),
    barcode,
    branch,
    location: {
      code: curlocal ?? branch.code,
      name: ownValue(answer.localMap, curlocal ?? '') ?? curlocal ?? branch.name,
    },
    ...(callno !== undefined && { callNumber: callno }),
    ...(shelfno !== undefined && { shelf: shelfno }),
    status,
    ...(text !== '' && { statusText: text }),
    ...(dueAt !== undefined && { dueAt }),
  };
}

/** Milliseconds since the epoch, midnight at the library; some versions write the day itself. */
function dayOf(value: number | string | null | undefined, timeZone: string): string | undefined {
  const text = String(value ?? '');
  if (/^\d{11,14}$/.test(text)) return localDateOf(Number(text), timeZone);
  return /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
}

export async function readBib(
  http: HttpClient,
  config: InterlibConfig,
  bibId: string,
): Promise<Bib | undefined> {
  if (!RECNO.test(bibId)) return undefined;
  const [book, items] = await Promise.all([askBook(http, config, bibId), readItems(http, config, bibId)]);
  if (book?.title === undefined) return thereIsNone(items);
  const { title, author, publisher, pubdate, isbn, classNo, subject } = book;
  const callNumber = items.find((item) => item.callNumber !== undefined)?.callNumber;
  const summary = summaryFrom(bibId, {
    title,
    author,
    publisher,
    date: pubdate,
    isbn,
    classNumber: classNo,
    callNumber,
  });
  return { ...summary, ...countCopies(items), subjects: subject === undefined ? [] : [subject] };
}

/**
 * For a number that there is not, `/api/book` answers with HTTP 500 while `/api/holding` says that there are
 * no copies. With copies it is the site that fails.
 */
function thereIsNone(items: readonly Item[]): undefined {
  if (items.length > 0) {
    throw new LibraryFault('GARBLED', '/api/book tells nothing of a title that has copies', {
      reason: 'protocol',
    });
  }
  return undefined;
}

/** `GET /api/book/{recno}` */
async function askBook(
  http: HttpClient,
  { curlibcode }: InterlibConfig,
  recno: string,
): Promise<v.InferOutput<typeof Biblios>['biblios'] | undefined> {
  const answer = await http.send({ path: `/api/book/${recno}`, query: { curlibcode }, kind: 'read' });
  if (answer.status === 500 || answer.status === 404) return undefined;
  return readJson(Biblios, answer, '/api/book').biblios;
}

export async function readHoldings(
  http: HttpClient,
  config: InterlibConfig,
  bibId: string,
  now: number,
): Promise<Holdings | undefined> {
  if (!RECNO.test(bibId)) return undefined;
  const items = await readItems(http, config, bibId);
  // A title without copies and no title at all are answered alike.
  if (items.length === 0 && (await askBook(http, config, bibId))?.title === undefined) return undefined;
  return { bibId, asOf: new Date(now).toISOString(), items };
}
