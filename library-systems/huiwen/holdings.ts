import type { Bib, Holdings, Item, Named } from '../../contracts/catalog';
import type { HttpClient } from '../http/http-client';
import { LibraryFault } from '../library-fault';
import { isbn13In, publisherIn, splitTitle } from '../web-session/bib-fields';
import { branchOf } from '../web-session/branches';
import { countCopies } from '../count-copies';
import { decodePage } from '../web-session/decode-page';
import { idFor } from '../web-session/item-id';
import { itemStatus } from '../web-session/item-status';
import { attribute, byTag, findAll, parsePage, textOf } from '../web-session/parse-page';
import type { Element } from '../web-session/parse-page';
import { dueAtIn, yearIn } from '../web-session/read-date';
import { refusedBy } from '../web-session/read-json';
import { readTable, wordsIn } from '../web-session/read-table';
import type { HuiwenConfig } from './config';
import type { Catalogue, Located } from './search';

const COLUMNS = {
  callNumber: /^索书号/u,
  barcode: /^条码号?/u,
  branch: /^校区$/u,
  location: /馆藏地/u,
  status: /书刊状态|馆藏状态|^状态/u,
};
type Column = keyof typeof COLUMNS;

async function readPage(
  http: HttpClient,
  config: HuiwenConfig,
  path: string,
  marcNo: string,
): Promise<Element> {
  const answer = await http.send({ path, query: { marc_no: marcNo }, kind: 'read' });
  if (answer.status !== 200) throw refusedBy(answer.status, path);
  return parsePage(decodePage(answer.body, config.charset));
}

/** `/opac/ajax_item.php`: the table of copies. */
async function readItems(http: HttpClient, config: HuiwenConfig, { marcNo }: Located): Promise<Item[]> {
  const path = '/opac/ajax_item.php';
  const page = await readPage(http, config, path, marcNo);
  const lines = readTable<Column>(page, COLUMNS, ['barcode', 'location', 'status']);
  if (lines) return lines.flatMap((line) => itemOf(line, config));
  if (/没有.{0,20}(馆藏|复本)|此书刊可能正在|暂无馆藏|没有复本/u.test(textOf(page))) return [];
  throw new LibraryFault('GARBLED', `${path} holds no table of copies`, { reason: 'protocol' });
}

function itemOf(line: Partial<{ [name in Column]: Element }>, config: HuiwenConfig): Item[] {
  const barcode = wordsIn(line.barcode);
  if (barcode === '') return [];
  const text = wordsIn(line.status);
  const status = itemStatus(text);
  const dueAt = status === 'onLoan' ? dueAtIn(text, config.timeZone) : undefined;
  // The full name stands in the cell's title where the cell shows a shortened one.
  const location = (line.location && attribute(line.location, 'title')?.trim()) || wordsIn(line.location);
  const callNumber = wordsIn(line.callNumber);
  return [
    {
      itemId: idFor(barcode),
      barcode,
      branch: branchFor(config, wordsIn(line.branch), location),
      location: { code: location, name: location },
      ...(callNumber !== '' && { callNumber }),
      status,
      ...(text !== '' && { statusText: text }),
      ...(dueAt !== undefined && { dueAt }),
    },
  ];
}

/** The pages name rooms; which branch a room belongs to is configured, or shows in its name. */
export function branchFor({ branches, locations }: HuiwenConfig, campus: string, location: string): Named {
  const rule = locations.find(({ startsWith }) => location.startsWith(startsWith));
  if (rule) return branchOf(branches, rule.branch, undefined);
  const named = branches.find(({ name }) => campus === name || location.includes(name));
  const [only, another] = branches;
  if (named) return named;
  if (only && !another) return only;
  return branchOf(branches, undefined, campus === '' ? location : campus);
}

/** `/opac/item.php`: what is said of a title, as pairs of `dt` and `dd`. */
async function readDetail(
  http: HttpClient,
  config: HuiwenConfig,
  { marcNo }: Located,
): Promise<Map<string, string[]>> {
  const page = await readPage(http, config, '/opac/item.php', marcNo);
  const fields = new Map<string, string[]>();
  for (const list of findAll(page, byTag('dl'))) {
    const [label] = findAll(list, byTag('dt'));
    const [value] = findAll(list, byTag('dd'));
    const name = label ? textOf(label).replace(/[:：\s]+$/u, '') : '';
    const text = value ? textOf(value) : '';
    if (name !== '' && text !== '') fields.set(name, [...(fields.get(name) ?? []), text]);
  }
  return fields;
}

export async function readBib(
  http: HttpClient,
  config: HuiwenConfig,
  catalogue: Catalogue,
  bibId: string,
): Promise<Bib | undefined> {
  const record = await catalogue.locate(bibId);
  if (!record) return undefined;
  const [fields, items] = await Promise.all([
    readDetail(http, config, record),
    readItems(http, config, record),
  ]);
  const heading = fields.get('题名/责任者')?.[0];
  if (record.summary.title === '' && heading === undefined) return undefined;
  const subjects = fields.get('学科主题') ?? [];
  return { ...summaryFrom(heading, fields), ...known(record), ...countCopies(items), subjects };
}

/** For a record of which only the number is known. */
function summaryFrom(heading: string | undefined, fields: Map<string, string[]>): Omit<Bib, 'subjects'> {
  const { title, author } = splitTitle(heading ?? '');
  const [publication = ''] = fields.get('出版发行项') ?? [];
  const publisher = publisherIn(publication);
  const year = yearIn(publication);
  const isbn13 = (fields.get('ISBN及定价') ?? []).map(isbn13In).find((isbn) => isbn !== undefined);
  return {
    bibId: '',
    title,
    author,
    ...(publisher !== undefined && { publisher }),
    ...(year !== undefined && { year }),
    ...(isbn13 !== undefined && { isbn13 }),
  };
}

/** What the search told stands before what the page says in other words. */
function known({ summary }: Located): Omit<Bib, 'subjects'> | { bibId: string } {
  return summary.title === '' ? { bibId: summary.bibId } : summary;
}

export async function readHoldings(
  http: HttpClient,
  config: HuiwenConfig,
  catalogue: Catalogue,
  bibId: string,
  now: number,
): Promise<Holdings | undefined> {
  const record = await catalogue.locate(bibId);
  if (!record) return undefined;
  const items = await readItems(http, config, record);
  if (items.length === 0 && record.summary.title === '') {
    const fields = await readDetail(http, config, record);
    if (!fields.has('题名/责任者')) return undefined;
  }
  return { bibId, asOf: new Date(now).toISOString(), items };
}
