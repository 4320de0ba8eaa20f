import type { BankItem } from '../../../../contracts/onboarding/bank';
import type { Words } from '../../../../contracts/onboarding/words';
import type { Dice } from './dice';
import { itemId, OPTION_IDS } from './item-id';
import { pickBooks, pickShelves, type ShelvedBook } from './pick-books';

const EACH = 2;
const BOOKS = 4;
const SHELVES = 4;

/** Questions about books that this library really has: four to be put in order, and one to be found on four shelves. */
export function generateCallNumberItems(books: readonly ShelvedBook[], dice: Dice): BankItem[] {
  const items: BankItem[] = [];
  for (let made = 0; made < EACH; made++) {
    const inOrder = pickBooks(books, BOOKS, dice);
    if (inOrder) items.push(orderItem(inOrder));
    const signs = pickShelves(books, SHELVES, dice);
    if (signs) items.push(locateItem(signs));
  }
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function orderItem(books: readonly ShelvedBook[]): BankItem {
  const callNumbers = books.map(({ callNumber }) => callNumber);
  return {
    id: itemId('order', callNumbers),
    version: 1,
    module: 'call-numbers',
    type: 'order',
    stem: {
      zh: '书车上有四册书要放回书架。请按索书号，从左到右排好它们的顺序。',
      en: 'Four books on a trolley are going back to the shelf. Put them in order by call number, from left to right.',
    },
    options: books.map(({ title, callNumber }, place) => ({
      id: OPTION_IDS[place]!,
      zh: `${callNumber}《${title}》`,
      en: `${callNumber} – ${title}`,
    })),
    answer: [...OPTION_IDS],
    explanation: explain(callNumbers, {
      zh: `正确的顺序是：${callNumbers.join('、')}。`,
      en: `The right order is: ${callNumbers.join(', ')}.`,
    }),
  };
}

function locateItem({ ranges, book, place }: NonNullable<ReturnType<typeof pickShelves>>): BankItem {
  const { from, to } = ranges[place]!;
  return {
    id: itemId('locate', [book.callNumber, ranges]),
    version: 1,
    module: 'call-numbers',
    type: 'locate',
    stem: {
      zh: `你要找《${book.title}》，索书号是 ${book.callNumber}。架端的标牌写着每一架从哪个号到哪个号，它在哪一架？`,
      en: `You are looking for “${book.title}”, call number ${book.callNumber}. The signs say where each shelf begins and ends. Which shelf is it on?`,
    },
    options: ranges.map((range, shelf) => ({
      id: OPTION_IDS[shelf]!,
      zh: `${range.from} 至 ${range.to}`,
      en: `${range.from} to ${range.to}`,
    })),
    answer: [OPTION_IDS[place]!],
    explanation: explain([from, book.callNumber, to], {
      zh: `${book.callNumber} 排在 ${from} 之后、${to} 之前。`,
      en: `${book.callNumber} comes after ${from} and before ${to}.`,
    }),
  };
}

const classOf = (callNumber: string): string => callNumber.split('/')[0]!;
const lettersOf = (callNumber: string): string => /^[A-Z]*/i.exec(callNumber)![0];

/** What decides between the neighbours, and only that. */
function explain(inOrder: readonly string[], result: Words): Words {
  const pairs = inOrder.slice(1).map((callNumber, before) => [inOrder[before]!, callNumber] as const);
  const sameClass = ([a, b]: readonly [string, string]): boolean => classOf(a) === classOf(b);
  const sameLetters = ([a, b]: readonly [string, string]): boolean => lettersOf(a) === lettersOf(b);
  const rules: Words[] = [];
  if (pairs.some((pair) => !sameLetters(pair))) {
    rules.push({ zh: '先按字母顺序比类号开头的字母', en: 'Letters come first, in alphabetical order' });
  }
  if (pairs.some((pair) => sameLetters(pair) && !sameClass(pair))) {
    rules.push({
      zh: '分类号从左到右一位一位地比，像比小数那样',
      en: 'Class numbers are compared one character at a time, like decimals',
    });
  }
  if (pairs.some(sameClass)) {
    rules.push({
      zh: '分类号相同，再比斜线后面的书次号',
      en: 'When the class is the same, the book number after the slash decides',
    });
  }
  return {
    zh: `${rules.map(({ zh }) => zh).join('；')}。${result.zh}`,
    en: `${rules.map(({ en }) => en).join('. ')}. ${result.en}`,
  };
}
