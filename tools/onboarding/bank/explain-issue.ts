import type * as v from 'valibot';
import type { BankItem } from '../../../contracts/onboarding/bank';
import type { Says } from '../../staff/says';
import { listNames, MODULE_NAMES, TOPIC_NAMES, TYPE_NAMES } from './names';

type Issue = v.InferIssue<typeof BankItem>;

/** What the contract says of an item as a whole, in Chinese; its own words are English. */
const CHINESE: Readonly<Record<string, string>> = {
  'options must have different ids': '选项编号不能重复',
  'the answer names an option twice': '答案重复了同一个选项',
  'the answer names an option that is not there': '答案指向一个不存在的选项',
  'a multiple-choice item has at least two right options': '多选题至少要有两个正确选项',
  'an item whose options are all right asks nothing': '所有选项都正确的题没有意义',
  'the answer of an order item names every option once': '排序题的答案要把每个选项各写一次',
  'a true-false item has the options "true" and "false"': '判断题的选项只能是 true 和 false',
  'exactly one option is right': '只能有一个正确选项',
  'ends before it begins': '结束日期早于开始日期',
  'lower-case letters, digits and dashes': '只能用小写字母、数字和短横线，以字母开头，2–48 个字符',
};

/** Where an item breaks the contract: the path of the field, joined by dots. */
export const pathOf = (issue: Issue): string => (issue.path ?? []).map(({ key }) => String(key)).join('.');

/** What is expected there, in both languages; never what was there, which may be long. */
export function explainIssue(issue: Issue): Says {
  const path = pathOf(issue);
  if (path === 'module') return oneOf(MODULE_NAMES);
  if (path === 'type') return oneOf(TYPE_NAMES);
  if (path === 'mustKnow') return oneOf(TOPIC_NAMES);
  if (path === 'options') {
    return { en: 'needs two to six options', zh: '需要两到六个选项' };
  }
  if (path === 'version') {
    return { en: 'expected a whole number from 1 to 9999', zh: '应为 1 到 9999 的整数' };
  }
  const chinese = CHINESE[issue.message];
  if (chinese !== undefined) return { en: issue.message, zh: chinese };
  switch (issue.type) {
    case 'min_length':
      return { en: 'is empty', zh: '不能为空' };
    case 'max_length':
      return {
        en: `is too long: at most ${String(issue.requirement)} characters`,
        zh: `太长：最多 ${String(issue.requirement)} 个字符`,
      };
    case 'iso_date':
      return { en: 'expected a date such as 2026-09-01', zh: '应为日期，如 2026-09-01' };
    default:
      return issue.input === undefined
        ? { en: 'is missing', zh: '缺少内容' }
        : { en: `expected ${issue.expected ?? issue.message}`, zh: '内容不符合要求' };
  }
}

const oneOf = (names: Record<string, string>): Says => ({
  en: `expected one of: ${listNames(names)}`,
  zh: '应为左边列出的名称之一',
});
