import type { ItemStatus } from '../../contracts/catalog';

/** Chinese systems' words for where a copy is; the first that fits counts. What none fits is `unknown`. */
const WORDS: readonly (readonly [RegExp, ItemStatus])[] = [
  [/(预约|预借|委托)(到|保留|架)|(?<!可)预约中?$|(?<!可)预借$|保留/u, 'onHoldShelf'],
  [/丢失|遗失|挂失|剔除|注销|赔|查找|缺失|未找到/u, 'missing'],
  [/运|调拨|转移|通还|签收|在途|委托/u, 'inTransit'],
  [/借出|已借|外借中|应还/u, 'onLoan'],
  [/编目|加工|采|订购|验收|装订|修|清点|锁定|交换|赠送|上架/u, 'processing'],
  [/阅览|不外借|[不非]可借|闭架|参考|保存本|样本/u, 'referenceOnly'],
  [/^(可借|在架|在馆|可外借|入藏|在库)/u, 'available'],
];

/** @param text the system's own words */
export function itemStatus(text: string): ItemStatus {
  const words = text.replace(/\s/gu, '');
  return WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'unknown';
}
