import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import writeXlsxFile from 'write-excel-file/node';
import type { SheetData } from 'write-excel-file/node';
import { COLUMNS } from './bank/columns';
import type { ColumnKey } from './bank/columns';
import { listNames, MODULE_NAMES, TOPIC_NAMES, TYPE_NAMES } from './bank/names';
import type { Says } from './says';

const FILE = path.join(__dirname, '../../docs/onboarding/bank-template.xlsx');
const HEAD = '#E8F0E8';
/** Widths in letters. */
const WIDE = 40;
const NARROW = 14;

type Example = Partial<Record<ColumnKey, string>>;

/** One of each type, about what no library does otherwise. */
const EXAMPLES: readonly Example[] = [
  {
    ...{ id: 'example-single', version: '1', module: 'borrowing', type: 'single' },
    stem_zh: '借的书找不到了，先做什么？',
    stem_en: 'You cannot find a book that you borrowed. What do you do first?',
    ...{ a_zh: '等图书馆来催', a_en: 'Wait for a reminder' },
    ...{ b_zh: '尽快告诉图书馆', b_en: 'Tell the library soon' },
    ...{ c_zh: '换一张借阅证', c_en: 'Get another card' },
    answer: 'b',
    explanation_zh: '早说，就能早点停止计费，也常有替代的办法。',
    explanation_en: 'Said early, it stops the charges early, and there is often another way.',
    must_know: 'lost-book',
    rule: '借阅规则 / borrowing rules',
  },
  {
    ...{ id: 'example-multiple', version: '1', module: 'conduct', type: 'multiple' },
    stem_zh: '哪些做法会伤到书？',
    stem_en: 'Which of these harm a book?',
    ...{ a_zh: '在书上划线', a_en: 'Underlining in it' },
    ...{ b_zh: '夹一张书签', b_en: 'Keeping a bookmark in it' },
    ...{ c_zh: '折起书角', c_en: 'Folding its corners' },
    answer: 'a,c',
    explanation_zh: '书签不伤书，划线和折角会留下来。',
    explanation_en: 'A bookmark does no harm; lines and folds stay.',
    must_know: 'care-of-books',
  },
  {
    ...{ id: 'example-true-false', version: '1', module: 'seats', type: 'true-false' },
    stem_zh: '提前离开时，应当释放预约的座位。',
    stem_en: 'If you leave early, you should release the seat that you booked.',
    answer: 'true',
    explanation_zh: '释放了，别人就能用。',
    explanation_en: 'Once released, somebody else can have it.',
    must_know: 'release-seat',
  },
  {
    ...{ id: 'example-order', version: '1', module: 'call-numbers', type: 'order' },
    stem_zh: '把这些索书号按架上次序排好。',
    stem_en: 'Put these call numbers in shelf order.',
    ...{ a_zh: 'I247.55/12', a_en: 'I247.55/12', b_zh: 'I247.5/8', b_en: 'I247.5/8' },
    ...{ c_zh: 'I247.5/12', c_en: 'I247.5/12', d_zh: 'K825/3', d_en: 'K825/3' },
    answer: 'b>c>a>d',
    explanation_zh: '先比分类号，再把斜线后的数当整数比。',
    explanation_en: 'First the class; then the number after the slash, as a whole number.',
    must_know: 'shelf-order',
  },
  {
    ...{ id: 'example-locate', version: '1', module: 'call-numbers', type: 'locate' },
    stem_zh: 'I247.55/123 在哪个书架？',
    stem_en: 'Which shelf holds I247.55/123?',
    ...{ a_zh: 'I210–I246', a_en: 'I210–I246', b_zh: 'I247.5–I247.6', b_en: 'I247.5–I247.6' },
    ...{ c_zh: 'I247.7–I269', c_en: 'I247.7–I269' },
    answer: 'b',
    explanation_zh: 'I247.55 在 I247.5 与 I247.6 之间。',
    explanation_en: 'I247.55 stands between I247.5 and I247.6.',
    ...{ valid_from: '2026-09-01', valid_to: '2027-07-31' },
  },
];

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

/** The template's two sheets: questions, and what each column means. */
export async function makeTemplate(): Promise<Buffer> {
  const head = (value: string) => ({ value, fontWeight: 'bold' as const, backgroundColor: HEAD });
  const text = (value: string | undefined) =>
    value === undefined ? null : { value, type: String, wrap: true, alignVertical: 'top' as const };
  const items: SheetData = [
    COLUMNS.map(([key]) => head(key)),
    ...EXAMPLES.map((example) => COLUMNS.map(([key]) => text(example[key]))),
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

if (require.main === module) {
  makeTemplate()
    .then((bytes) => writeFile(FILE, bytes))
    .then(
      () => process.stdout.write(`${FILE} written\n`),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
      },
    );
}
