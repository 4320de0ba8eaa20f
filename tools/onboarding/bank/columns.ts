import type { Problem } from '../../staff/says';
import { letterOf } from '../../staff/letter-of';
import type { Table, TableRow } from '../table/table';

export const OPTION_IDS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
export type OptionId = (typeof OPTION_IDS)[number];

/** The columns of a bank, by their English headers. */
export type ColumnKey =
  | 'id'
  | 'version'
  | 'module'
  | 'type'
  | `${'stem' | OptionId | 'explanation'}_${'zh' | 'en'}`
  | 'answer'
  | 'must_know'
  | 'rule'
  | 'campus'
  | 'valid_from'
  | 'valid_to';

/** In the order of the template: key, Chinese header, and other Chinese headers that are understood. */
export const COLUMNS: readonly (readonly [key: ColumnKey, chinese: string, ...others: string[]])[] = [
  ['id', '编号', '题号'],
  ['version', '版本'],
  ['module', '模块', '单元'],
  ['type', '题型', '类型'],
  ['stem_zh', '中文题干', '题干', '题目'],
  ['stem_en', '英文题干'],
  ...OPTION_IDS.flatMap((id): (readonly [ColumnKey, string, ...string[]])[] => [
    [`${id}_zh`, `选项${id.toUpperCase()}中文`, `选项${id.toUpperCase()}`],
    [`${id}_en`, `选项${id.toUpperCase()}英文`],
  ]),
  ['answer', '答案', '正确答案'],
  ['explanation_zh', '中文解析', '解析'],
  ['explanation_en', '英文解析'],
  ['must_know', '必会知识点', '必会', '必知'],
  ['rule', '依据', '规则依据'],
  ['campus', '校区', '分馆'],
  ['valid_from', '开始日期', '生效日期'],
  ['valid_to', '结束日期', '截止日期'],
];

const REQUIRED: readonly ColumnKey[] = [
  'id',
  'module',
  'type',
  'stem_zh',
  'stem_en',
  'answer',
  'explanation_zh',
  'explanation_en',
];

/** "选项A（中文）", "A_zh" and "a zh" are the same header. */
const plain = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-()[\]:*]|^选项/gu, '');

const BY_NAME = new Map(
  COLUMNS.flatMap(([key, ...names]) =>
    [key, ...names, ...names.map((name) => name.replace(/^(中文|英文)(.+)$/u, '$2$1'))].map(
      (name) => [plain(name), key] as const,
    ),
  ),
);

export interface Columns {
  /** Index of the cell of each column that the sheet has. */
  at: ReadonlyMap<ColumnKey, number>;
  /** How a problem names a column. */
  name: (key: ColumnKey) => string;
}

/** Finds the columns by the header; adds what is wrong with it to `problems`. */
export function findColumns({ file, rows }: Table, problems: Problem[]): Columns {
  const [header, ...items] = rows;
  const at = new Map<ColumnKey, number>();
  const headers = header?.cells ?? [];
  const name = (key: ColumnKey): string => {
    const index = at.get(key);
    return index === undefined ? `"${key}"` : nameOf(headers, index);
  };
  const row = header?.row ?? 1;
  const width = Math.max(headers.length, ...items.map(({ cells }) => cells.length), 0);
  for (let index = 0; index < width; index++) {
    const text = headers[index] ?? '';
    const key = BY_NAME.get(plain(text));
    const column = nameOf(headers, index);
    if (text === '') {
      if (isEmpty(items, index)) continue;
      problems.push({ file, row, column, en: 'a column without a header', zh: '这一列没有表头' });
    } else if (key === undefined) {
      problems.push({
        file,
        row,
        column,
        en: 'an unknown header; see the template',
        zh: '不认识的表头；请看模板',
      });
    } else if (at.has(key)) {
      problems.push({ file, row, column, en: `"${key}" is there twice`, zh: `“${key}”列重复了` });
    } else at.set(key, index);
  }
  for (const key of REQUIRED.filter((each) => !at.has(each))) {
    const chinese = COLUMNS.find(([each]) => each === key)?.[1] ?? '';
    problems.push({ file, row, en: `column "${key}" is missing`, zh: `缺少“${chinese}”（${key}）列` });
  }
  return { at, name };
}

const nameOf = (headers: readonly string[], index: number): string =>
  `${letterOf(index + 1)} "${headers[index] ?? ''}"`;

const isEmpty = (items: readonly TableRow[], index: number): boolean =>
  items.every(({ cells }) => (cells[index] ?? '') === '');
