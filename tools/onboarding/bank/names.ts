import type { ItemType } from '../../../contracts/onboarding/bank';
import type { Module, Topic } from '../../../contracts/onboarding/words';

/** How modules, types and must-know topics are called in Chinese; a spreadsheet may have these instead of the ids. */
export const MODULE_NAMES: Record<Module, string> = {
  hours: '开放时间与分馆',
  borrowing: '借书与还书',
  'call-numbers': '索书号与找书',
  searching: '检索',
  'e-resources': '电子资源',
  seats: '座位与研讨间',
  conduct: '文明与安全',
  help: '有事找谁',
};

export const TYPE_NAMES: Record<ItemType, string> = {
  single: '单选',
  multiple: '多选',
  'true-false': '判断',
  order: '排序',
  locate: '选书架',
};

export const TOPIC_NAMES: Record<Topic, string> = {
  'own-card': '本人用证',
  'lost-book': '丢书怎么办',
  'shelf-order': '架上次序',
  'fair-use': '合理使用',
  'release-seat': '释放座位',
  'fire-exit': '消防出口',
  'care-of-books': '爱护图书',
};

/** The id that a cell means, or what the cell says when it means none. */
export function idOf<T extends string>(names: Record<T, string>, text: string): string {
  const wanted = text.normalize('NFKC').trim().toLowerCase().replace(/题$/u, '');
  const entries = Object.entries(names) as [T, string][];
  return entries.find(([id, name]) => wanted === id || wanted === name.normalize('NFKC'))?.[0] ?? text;
}

/** `hours 开放时间与分馆, …` */
export const listNames = (names: Record<string, string>): string =>
  Object.entries(names)
    .map(([id, name]) => `${id} ${name}`)
    .join(', ');
