import { countSeparators } from '../../staff/count-separators';
import { Refused } from '../../staff/says';

const OTHERS = { ';': { en: 'semicolons', zh: '分号' }, '\t': { en: 'tabs', zh: '制表符' } } as const;

/**
 * Spreadsheets write semicolons or tabs where the system's region has it so;
 * read as commas, they look like something else that is wrong.
 * @throws {Refused} when the first row has more of either than commas, outside quotation marks
 */
export function requireCommas(file: string, text: string): void {
  const counts = countSeparators(text);
  const other = counts[';'] >= counts['\t'] ? ';' : '\t';
  if (counts[other] <= counts[',']) return;
  const { en, zh } = OTHERS[other];
  throw new Refused({
    en: `${file}: cells are separated by ${en}; commas are expected: save it as "CSV UTF-8 (comma delimited)", or as .xlsx`,
    zh: `${file}：单元格之间是${zh}，应为英文逗号：请另存为“CSV UTF-8（逗号分隔）”或 .xlsx`,
  });
}
