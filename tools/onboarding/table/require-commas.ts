import { Refused } from '../says';

/** A header is shorter than this, characters. */
const LOOKED_AT = 20_000;

const OTHERS = { ';': { en: 'semicolons', zh: '分号' }, '\t': { en: 'tabs', zh: '制表符' } } as const;

/**
 * Spreadsheets write semicolons or tabs where the system's region has it so;
 * read as commas, they look like something else that is wrong.
 * @throws {Refused} when the first row has more of either than commas, outside quotation marks
 */
export function requireCommas(file: string, text: string): void {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const letter of text.slice(0, LOOKED_AT).trimStart()) {
    if (letter === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (letter === '\n' || letter === '\r') break;
    else if (letter in counts) counts[letter as keyof typeof counts]++;
  }
  const other = counts[';'] >= counts['\t'] ? ';' : '\t';
  if (counts[other] <= counts[',']) return;
  const { en, zh } = OTHERS[other];
  throw new Refused({
    en: `${file}: cells are separated by ${en}; commas are expected: save it as "CSV UTF-8 (comma delimited)", or as .xlsx`,
    zh: `${file}：单元格之间是${zh}，应为英文逗号：请另存为“CSV UTF-8（逗号分隔）”或 .xlsx`,
  });
}
