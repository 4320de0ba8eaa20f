import { open } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { BankItem } from '../../../contracts/onboarding/bank';
import { MAX_BANK_ITEMS } from '../../../contracts/staff';
import { errorCode } from '../../staff/error-code';
import { Refused } from '../../staff/says';
import type { Problem } from '../../staff/says';
import { decodeText } from '../table/decode-text';
import { MAX_FILE_BYTES, tooManyRows } from '../table/table';
import type { Table } from '../table/table';
import { findColumns } from './columns';
import { explainIssue, pathOf } from './explain-issue';
import { readItem } from './read-item';

/** An item and where it stands. */
export interface FoundItem {
  item: BankItem;
  at: Pick<Problem, 'file' | 'row' | 'item'>;
}

/** An id as it is written, also of a row that is no sound item. */
export interface FoundId {
  id: string;
  at: FoundItem['at'];
}

export interface BankFile {
  file: string;
  readAs: string;
  items: FoundItem[];
  ids: FoundId[];
  problems: Problem[];
}

/**
 * Reads one file of a bank by its ending: .xlsx, .csv or .json.
 * @throws {Refused} when it cannot be read at all
 */
export async function readBankFile(fileName: string): Promise<BankFile> {
  const file = path.basename(fileName);
  const read = READERS[path.extname(fileName).toLowerCase()];
  if (!read) {
    throw new Refused({
      en: `${file}: expected .xlsx, .csv or .json`,
      zh: `${file}：应为 .xlsx、.csv 或 .json 文件`,
    });
  }
  return read(file, await readBounded(fileName));
}

/** What reads spreadsheets is loaded for spreadsheets only: npm start reads JSON. */
const READERS: Readonly<Record<string, (file: string, bytes: Buffer) => Promise<BankFile>>> = {
  '.xlsx': async (file, bytes) => readTable(await (await import('../table/read-xlsx')).readXlsx(file, bytes)),
  '.csv': async (file, bytes) => readTable(await (await import('../table/read-csv')).readCsv(file, bytes)),
  '.json': async (file, bytes) => fromJson(file, bytes),
};

/** Never more than the bound, also of a file that grows or says nothing of its size. */
async function readBounded(fileName: string): Promise<Buffer> {
  const file = path.basename(fileName);
  const handle = await open(fileName, 'r').catch((error: unknown) => {
    throw new Refused({
      en: `${file} cannot be opened (${errorCode(error)})`,
      zh: `无法打开 ${file}（${errorCode(error)}）`,
    });
  });
  try {
    if (!(await handle.stat()).isFile())
      throw new Refused({ en: `${file} is no file`, zh: `${file} 不是文件` });
    const chunks: Buffer[] = [];
    // up to and with the first byte beyond the bound
    const bytes = handle.createReadStream({ end: MAX_FILE_BYTES, autoClose: false });
    for await (const chunk of bytes) chunks.push(chunk as Buffer);
    const content = Buffer.concat(chunks);
    if (content.length > MAX_FILE_BYTES) {
      const limit = MAX_FILE_BYTES / 1024 / 1024;
      throw new Refused({
        en: `${file} has more than ${limit} MB; a bank has at most ${MAX_BANK_ITEMS} items`,
        zh: `${file} 超过 ${limit} MB；一个题库最多 ${MAX_BANK_ITEMS} 道题`,
      });
    }
    return content;
  } finally {
    await handle.close();
  }
}

/** The items of a sheet, and all that is wrong with it. */
export function readTable(table: Table): BankFile {
  const { file, readAs, rows } = table;
  const problems = [...table.problems];
  if (table.tooLong) return { file, readAs, items: [], ids: [], problems };
  if (rows.length === 0) {
    problems.push({
      file,
      en: 'is empty: a header and questions are expected',
      zh: '是空的：应有表头和题目',
    });
    return { file, readAs, items: [], ids: [], problems };
  }
  // Without a sound header, single rows say nothing.
  const columns = findColumns(table, problems);
  const sound = problems.every(({ row }) => row !== rows[0]?.row);
  if (!sound) return { file, readAs, items: [], ids: [], problems };
  const ids: FoundId[] = [];
  const items = rows.slice(1).flatMap((each) => {
    const at = { file, row: each.row };
    const id = each.cells[columns.at.get('id') ?? -1] ?? '';
    if (id !== '') ids.push({ id, at });
    const item = readItem(file, each, columns, problems);
    return item ? [{ item, at }] : [];
  });
  return { file, readAs, items, ids, problems };
}

const WithId = v.object({ id: v.pipe(v.string(), v.nonEmpty()) });

function fromJson(file: string, bytes: Buffer): BankFile {
  const { text } = decodeText(file, bytes);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Refused({ en: `${file} is no sound JSON`, zh: `${file} 不是正确的 JSON` });
  }
  if (!Array.isArray(json))
    throw new Refused({ en: `${file}: expected a list of items`, zh: `${file}：应为题目列表` });
  if (json.length > MAX_BANK_ITEMS) {
    return { file, readAs: 'JSON', items: [], ids: [], problems: [tooManyRows(file)] };
  }
  const problems: Problem[] = [];
  const ids: FoundId[] = [];
  const items = json.flatMap((each: unknown, i): FoundItem[] => {
    const at = { file, item: i + 1 };
    if (v.is(WithId, each)) ids.push({ id: each.id, at });
    const parsed = v.safeParse(BankItem, each);
    if (parsed.success) return [{ item: parsed.output, at }];
    for (const issue of parsed.issues) {
      problems.push({ ...at, column: `"${pathOf(issue)}"`, ...explainIssue(issue) });
    }
    return [];
  });
  return { file, readAs: 'JSON', items, ids, problems };
}
