import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeWorkbook } from './bank/make-workbook';
import type { SheetRow } from './bank/make-workbook';

const FILE = path.join(__dirname, '../../docs/onboarding/bank-template.xlsx');

/** One of each type, about what no library does otherwise. */
const EXAMPLES: readonly SheetRow[] = [
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

export const makeTemplate = (): Promise<Buffer> => makeWorkbook(EXAMPLES);

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
