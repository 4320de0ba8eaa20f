import type { Answers, Choice, Paper, PaperItem } from '../../../../contracts/onboarding/index';
import { fill, type Language, type Texts } from '../../../i18n/index';
import { inLanguage, moduleTitle } from '../words';
import { isAnswered } from './choose';

export interface OptionView {
  /** Its place on the paper's item */
  place: number;
  text: string;
  chosen: boolean;
  /** In a sequence: from 1; 0 where it is not placed */
  number: number;
  isFirst: boolean;
  isLast: boolean;
}

export interface ItemView {
  /** Where the item stands, so that a new one is drawn anew */
  key: string;
  place: string;
  module: string;
  stem: string;
  hint: string;
  kind: 'one' | 'many' | 'order';
  options: OptionView[];
  /** Of an order: those placed, in their order, and the others */
  placed: OptionView[];
  rest: OptionView[];
}

export interface Cell {
  n: number;
  answered: boolean;
  here: boolean;
  label: string;
}

export const NO_ITEM: ItemView = {
  key: '',
  place: '',
  module: '',
  stem: '',
  hint: '',
  kind: 'one',
  options: [],
  placed: [],
  rest: [],
};

const kindOf = (type: PaperItem['type']): ItemView['kind'] =>
  type === 'order' ? 'order' : type === 'multiple' ? 'many' : 'one';

export function itemView(
  { attemptId, items }: Paper,
  at: number,
  choice: Choice,
  { paper: t }: Texts,
  language: Language,
): ItemView {
  const item = items[at];
  if (item === undefined) return NO_ITEM;
  const kind = kindOf(item.type);
  const options = item.options.map((words, place) => ({
    place,
    text: inLanguage(words, language),
    chosen: choice.includes(place),
    number: choice.indexOf(place) + 1,
    isFirst: choice[0] === place,
    isLast: choice[choice.length - 1] === place,
  }));
  return {
    key: `${attemptId} ${at}`,
    place: fill(t.place, { n: at + 1, of: items.length }),
    module: moduleTitle(item.module, language),
    stem: inLanguage(item.stem, language),
    hint: t.types[item.type],
    kind,
    options,
    placed: options.filter(({ number }) => number > 0).sort((a, b) => a.number - b.number),
    rest: options.filter(({ number }) => number === 0),
  };
}

/** The answer sheet. */
export function cells({ items }: Paper, answers: Answers, at: number, { paper: t }: Texts): Cell[] {
  return items.map((item, place) => {
    const answered = isAnswered(item, answers[place]);
    const words = answered ? t.answered : t.unanswered;
    return { n: place + 1, answered, here: place === at, label: fill(words, { n: place + 1 }) };
  });
}
