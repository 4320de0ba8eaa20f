import * as v from 'valibot';
import { BankItem, ITEM_TYPES } from '../../../contracts/onboarding/bank';
import type { ItemType } from '../../../contracts/onboarding/bank';
import type { Problem } from '../../staff/says';
import type { TableRow } from '../table/table';
import { OPTION_IDS } from './columns';
import type { ColumnKey, Columns } from './columns';
import { explainIssue, pathOf } from './explain-issue';
import { idOf, MODULE_NAMES, TOPIC_NAMES, TYPE_NAMES } from './names';
import { readAnswer } from './read-answer';
import { readDate } from './read-date';

const TRUE_FALSE = [
  { id: 'true', zh: '正确', en: 'True' },
  { id: 'false', zh: '错误', en: 'False' },
];

/** One row as an item of the bank; adds all that is wrong with it to `problems`. */
export function readItem(
  file: string,
  { row, cells }: TableRow,
  columns: Columns,
  problems: Problem[],
): BankItem | undefined {
  const before = problems.length;
  const seen = new Set<ColumnKey>();
  const cell = (key: ColumnKey): string => cells[columns.at.get(key) ?? -1] ?? '';
  const complain = (key: ColumnKey, says: { en: string; zh: string }): void => {
    // One word for a cell: what follows from it is no news.
    if (seen.has(key)) return;
    seen.add(key);
    problems.push({ file, row, column: columns.name(key), ...says });
  };
  const date = (key: 'valid_from' | 'valid_to', name: string): Record<string, string> => {
    if (cell(key) === '') return {};
    const read = readDate(cell(key));
    if (read !== undefined) return { [name]: read };
    complain(key, { en: 'expected a date such as 2026-09-01', zh: '应为日期，如 2026-09-01' });
    return {};
  };
  const text = (key: ColumnKey, name: string): Record<string, string> =>
    cell(key) === '' ? {} : { [name]: cell(key) };

  const typeId = idOf(TYPE_NAMES, cell('type'));
  const type = ITEM_TYPES.find((each) => each === typeId);
  const answer = readAnswer(cell('answer'), type);
  if (!Array.isArray(answer)) complain('answer', answer);
  const options = optionsOf(type, cell);
  const item = {
    id: cell('id'),
    version: cell('version') === '' ? 1 : Number(cell('version')),
    module: idOf(MODULE_NAMES, cell('module')),
    type: typeId,
    stem: { zh: cell('stem_zh'), en: cell('stem_en') },
    options,
    answer: Array.isArray(answer) ? inOrderOf(answer, type) : [],
    explanation: { zh: cell('explanation_zh'), en: cell('explanation_en') },
    ...(cell('must_know') !== '' && { mustKnow: idOf(TOPIC_NAMES, cell('must_know')) }),
    ...text('rule', 'ruleRef'),
    ...text('campus', 'campus'),
    ...date('valid_from', 'validFrom'),
    ...date('valid_to', 'validTo'),
  };
  const parsed = v.safeParse(BankItem, item);
  for (const issue of parsed.issues ?? []) {
    complain(columnOf(pathOf(issue), options), explainIssue(issue));
  }
  return parsed.success && problems.length === before ? parsed.output : undefined;
}

/** Only where the order is the answer does it count; elsewhere the same answer is always written alike. */
const inOrderOf = (answer: string[], type: ItemType | undefined): string[] =>
  type === 'order' ? answer : [...answer].sort();

interface Option {
  id: string;
  zh: string;
  en: string;
}

function optionsOf(type: ItemType | undefined, cell: (key: ColumnKey) => string): Option[] {
  const written = OPTION_IDS.flatMap((id) => {
    const option = { id, zh: cell(`${id}_zh`), en: cell(`${id}_en`) };
    return option.zh === '' && option.en === '' ? [] : [option];
  });
  if (type !== 'true-false') return written;
  // Left out, or the two words in the order true, false.
  return TRUE_FALSE.map((usual, i) => ({ ...usual, ...written[i], id: usual.id })).concat(written.slice(2));
}

const KEYS: Readonly<Record<string, ColumnKey>> = {
  'stem.zh': 'stem_zh',
  'stem.en': 'stem_en',
  'explanation.zh': 'explanation_zh',
  'explanation.en': 'explanation_en',
  mustKnow: 'must_know',
  ruleRef: 'rule',
  validFrom: 'valid_from',
  validTo: 'valid_to',
};

/** The column that a field of an item was read from. */
function columnOf(path: string, options: readonly Option[]): ColumnKey {
  const [field = '', index, language] = path.split('.');
  if (field === 'options') {
    const at = Math.max(Number(index ?? 0), 0);
    const id = OPTION_IDS.find((each) => each === options[at]?.id) ?? OPTION_IDS[at] ?? 'a';
    return `${id}_${language === 'en' ? 'en' : 'zh'}`;
  }
  return KEYS[path] ?? (field as ColumnKey);
}
