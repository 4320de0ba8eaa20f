import { MODULES, TOPICS } from '../../../../contracts/onboarding/words';
import type { ItemType } from '../../../../contracts/onboarding/bank';
import { COLUMNS } from '../../../../tools/onboarding/bank/columns';
import type { ColumnKey } from '../../../../tools/onboarding/bank/columns';

export type Row = Partial<Record<ColumnKey, string>>;
export const KEYS: readonly ColumnKey[] = COLUMNS.map(([key]) => key);

const ANSWERS: Record<ItemType, string> = {
  single: 'b',
  multiple: 'a,c',
  'true-false': 'true',
  order: 'c>a>b>d',
  locate: 'd',
};
const TYPES = Object.keys(ANSWERS) as ItemType[];

/** One sound row; which type it has follows from its number. */
export function row(n: number, over: Row = {}): Row {
  const type = (over.type ?? TYPES[n % TYPES.length]) as ItemType;
  return {
    id: `item-${n}`,
    version: '1',
    module: MODULES[n % MODULES.length]!,
    type,
    stem_zh: `第 ${n} 题，书在哪里？`,
    stem_en: `Question ${n}: where is the book?`,
    ...(type !== 'true-false' && {
      ...{ a_zh: '一楼', a_en: 'First floor', b_zh: '二楼', b_en: 'Second floor' },
      ...{ c_zh: '三楼', c_en: 'Third floor', d_zh: '四楼', d_en: 'Fourth floor' },
    }),
    answer: ANSWERS[type],
    explanation_zh: '看目录里的馆藏地。',
    explanation_en: 'The catalogue says where it stands.',
    ...over,
  };
}

/** A sound bank: twenty rows of each module, every must-know topic among them. */
export function soundRows(): Row[] {
  return Array.from({ length: MODULES.length * 20 }, (_, n) =>
    row(n, TOPICS[n] === undefined ? {} : { must_know: TOPICS[n] }),
  );
}

export const toTable = (rows: readonly Row[], keys = KEYS): string[][] => [
  [...keys],
  ...rows.map((each) => keys.map((key) => each[key] ?? '')),
];

export const toCsvText = (table: readonly (readonly string[])[]): string =>
  table
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\r\n')
    .concat('\r\n');
