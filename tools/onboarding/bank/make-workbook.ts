import writeXlsxFile from 'write-excel-file/node';
import type { SheetData } from 'write-excel-file/node';
import type { Says } from '../../staff/says';
import { COLUMNS } from './columns';
import type { ColumnKey } from './columns';
import { listNames, MODULE_NAMES, TOPIC_NAMES, TYPE_NAMES } from './names';

const HEAD = '#E8F0E8';
/** Widths in letters. */
const WIDE = 40;
const NARROW = 14;

/** What the cells of a question hold. */
export type SheetRow = Partial<Record<ColumnKey, string>>;

const words = (limit: number): Says => ({
  en: `At most ${limit} characters.`,
  zh: `最多 ${limit} 个字符。`,
});

function describe(key: ColumnKey): Says {
  if (/^[a-f]_zh$/.test(key)) return words(80);
  if (/^[a-f]_en$/.test(key)) return words(160);
  return DESCRIPTIONS[key as keyof typeof DESCRIPTIONS];
}

const DESCRIPTIONS: Record<
  Exclude<ColumnKey, `${'a' | 'b' | 'c' | 'd' | 'e' | 'f'}_${'zh' | 'en'}`>,
  Says
> = {
  id: {
    en: 'Its own for each question, for ever: lower-case letters, digits, dashes.',
    zh: '每题一个，永不重复：小写字母、数字、短横线。',
  },
  version: {
    en: 'A whole number; 1 if empty. Raise it when the question asks something else than before.',
    zh: '整数，空着即为 1。题目问的内容变了就加 1。',
  },
  module: { en: `One of: ${listNames(MODULE_NAMES)}`, zh: '填左边的英文代号或中文名称' },
  type: { en: `One of: ${listNames(TYPE_NAMES)}`, zh: '填左边的英文代号或中文名称' },
  stem_zh: { en: 'The question in Chinese, at most 200 characters.', zh: '中文题干，最多 200 个字符。' },
  stem_en: { en: 'The question in English, at most 400 characters.', zh: '英文题干，最多 400 个字符。' },
  answer: {
    en: 'b, or a,c where several are right, or c>a>b>d for an order, or true / false.',
    zh: '单选填 b；多选填 a,c；排序填 c>a>b>d；判断填 true/false 或 对/错。',
  },
  explanation_zh: {
    en: 'Shown in Chinese after a wrong answer, at most 240 characters.',
    zh: '答错以后显示的中文解析，最多 240 个字符。',
  },
  explanation_en: {
    en: 'Shown in English after a wrong answer, at most 500 characters.',
    zh: '答错以后显示的英文解析，最多 500 个字符。',
  },
  must_know: {
    en: `Empty, or one of: ${listNames(TOPIC_NAMES)}. A wrong answer to such a question fails the paper.`,
    zh: '可空；填了就是必会题，答错则整份试卷不通过。',
  },
  rule: {
    en: 'The rule that it rests on; only staff see it. May be empty.',
    zh: '依据的规定，只给馆员看，可空。',
  },
  campus: {
    en: 'Code of a branch: asked only of readers there. Empty: of everybody.',
    zh: '分馆代码：只问在那里的读者。空着：问所有人。',
  },
  valid_from: {
    en: 'First day on which it is asked, e.g. 2026-09-01. May be empty.',
    zh: '开始使用的日期，可空。',
  },
  valid_to: { en: 'Last day on which it is asked. May be empty.', zh: '最后使用的日期，可空。' },
};

/** A workbook as the import reads it, of two sheets: the questions, and what each column means. */
export async function makeWorkbook(rows: readonly SheetRow[]): Promise<Buffer> {
  const head = (value: string) => ({ value, fontWeight: 'bold' as const, backgroundColor: HEAD });
  const text = (value: string | undefined) =>
    value === undefined ? null : { value, type: String, wrap: true, alignVertical: 'top' as const };
  const items: SheetData = [
    COLUMNS.map(([key]) => head(key)),
    ...rows.map((row) => COLUMNS.map(([key]) => text(row[key]))),
  ];
  const columns: SheetData = [
    ['column 列', '中文表头', 'what to put in', '怎么填'].map(head),
    ...COLUMNS.map(([key, chinese]) => {
      const { en, zh } = describe(key);
      return [key, chinese, en, zh].map(text);
    }),
  ];
  return writeXlsxFile([
    {
      data: items,
      sheet: 'questions 题目',
      stickyRowsCount: 1,
      columns: COLUMNS.map(([key]) => ({ width: /^(stem|explanation)/.test(key) ? WIDE : NARROW })),
    },
    {
      data: columns,
      sheet: 'columns 说明',
      stickyRowsCount: 1,
      columns: [{ width: NARROW }, { width: NARROW }, { width: 2 * WIDE }, { width: 2 * WIDE }],
    },
  ]).toBuffer();
}
