import type { BankItem } from '../../../contracts/onboarding/bank';
import { OPTION_IDS } from './columns';
import type { SheetRow } from './make-workbook';

/**
 * The same question as a spreadsheet has it: options have the letters a to f in
 * their order, and only the answer of an `order` item has an order.
 */
export function toSheetForm(item: BankItem): BankItem {
  const { type } = item;
  const ids = item.options.map(({ id }) => id);
  const rising = ids.every((id, i) => /^[a-f]$/.test(id) && (i === 0 || id > ids[i - 1]!));
  const letterOf = (id: string): string =>
    type === 'true-false' || rising ? id : OPTION_IDS[ids.indexOf(id)]!;
  const answer = item.answer.map(letterOf);
  return {
    ...item,
    options: item.options.map((option) => ({ ...option, id: letterOf(option.id) })),
    answer: type === 'order' ? answer : answer.sort(),
  };
}

/** The row that is read as this item; it is in the form of a spreadsheet. */
export function toRow(item: BankItem): SheetRow {
  const { type, options, answer } = item;
  const cells = options.flatMap(({ id, zh, en }, i) => {
    const column = type === 'true-false' ? OPTION_IDS[i]! : id;
    return [
      [`${column}_zh`, zh],
      [`${column}_en`, en],
    ];
  });
  return {
    id: item.id,
    version: String(item.version),
    module: item.module,
    type,
    stem_zh: item.stem.zh,
    stem_en: item.stem.en,
    ...(Object.fromEntries(cells) as SheetRow),
    answer: answer.join(type === 'order' ? '>' : ','),
    explanation_zh: item.explanation.zh,
    explanation_en: item.explanation.en,
    ...(item.mustKnow !== undefined && { must_know: item.mustKnow }),
    ...(item.ruleRef !== undefined && { rule: item.ruleRef }),
    ...(item.campus !== undefined && { campus: item.campus }),
    ...(item.validFrom !== undefined && { valid_from: item.validFrom }),
    ...(item.validTo !== undefined && { valid_to: item.validTo }),
  };
}
