import { parseIsbn } from '../../../../miniprogram/lib/isbn';
import { makePhrases } from './find-phrases';
import { MAX_QUESTION, normalise } from './normalise';
import { recogniseTitle } from './recognise-title';
import { splitUnits } from './units';

/** What a reader wants done or shown, when it is not a question about how things are. */
export type Intent =
  | { kind: 'renew' }
  | { kind: 'loans' }
  | { kind: 'isbn'; isbn13: string }
  /** `sure` is false where the same words may ask for a thing of the library: "do you have lockers". */
  | { kind: 'title'; title: string; sure: boolean };

/** An order is short; what is longer tells something. */
const MAX_UNITS = 24;

const ORDERS = makePhrases([
  [
    'renew',
    [
      '续借',
      '续期',
      '续借图书',
      '续借一下',
      '续一下',
      '续下',
      '延期',
      '续书',
      'renew',
      'renewal',
      'extend my loans',
      'extend my books',
    ],
  ],
  [
    'loans',
    [
      '我的借阅',
      '我的借书',
      '我的在借',
      '当前借阅',
      '在借图书',
      '借阅列表',
      '借阅清单',
      '借阅情况',
      '我借了什么',
      '我借了哪些',
      '我借了啥',
      '我借了几本',
      '我借了多少',
      '我借的书',
      '我在借的书',
      '我还有哪些书没还',
      '我还有什么书没还',
      '我有哪些书没还',
      '我有什么书没还',
      '我有几本书没还',
      '哪些书没还',
      '我借了什么书',
      '我借了哪些书',
      '我借着什么书',
      '我借了几本书',
      '我借过来的书',
      'my loans',
      'my loan',
      'my current loans',
      'my borrowed books',
      'my checkouts',
      'my checked out books',
      'books i have borrowed',
      'what have i borrowed',
      'what did i borrow',
      'what books do i have',
      'which books do i have',
      'what do i have on loan',
      'what is on loan to me',
      'books i borrowed',
      'what books have i borrowed',
      'which books have i borrowed',
      'list my books',
      'show my books',
    ],
  ],
  [
    '',
    (
      '请 请你 麻烦 麻烦你 帮 帮我 帮忙 替我 给我 我 我要 我想 想 要 需要 想要 一下 下 吧 啊 呢 呀 谢谢 你好 您好 老师 把 将 书 图书 这本 这本书 那本书 这些书 几本书 我的 我的书 我借的书 借的书 所有 所有书 ' +
      '所有的书 全部 全都 都 查 查询 查看 查一下 看 看看 看一下 显示 列出 办理 办 现在 目前 的 了 吗 能 可以'
    ).split(' '),
  ],
  [
    '',
    [
      'please',
      'pls',
      'hi',
      'hello',
      'help me',
      'help me to',
      'for me',
      'i want to',
      'i would like to',
      'i need to',
      'id like to',
      'can you',
      'could you',
      'me',
      'my',
      'the',
      'a',
      'all',
      'all my',
      'my book',
      'my books',
      'book',
      'books',
      'this book',
      'these books',
      'loan',
      'loans',
      'show',
      'show me',
      'list',
      'check',
      'see',
      'view',
      'now',
      'thanks',
      'thank you',
      'it',
      'them',
      'this',
      'these',
      'to',
    ],
  ],
]);

/**
 * Reads an order: "续借" or "帮我续借" wants a renewal, while 怎么续借 asks how and is left to the FAQ.
 * @param text as it was typed
 * @param understood the same as the FAQ understood it, for orders in pinyin
 * @returns nothing when it is a question or we cannot tell
 */
export function recogniseIntent(text: string, understood = normalise(text)): Intent | undefined {
  const bounded = text.slice(0, MAX_QUESTION);
  const isbn13 = findIsbn(bounded);
  if (isbn13 !== undefined) return { kind: 'isbn', isbn13 };
  return recogniseOrder(understood) ?? recogniseTitle(bounded);
}

function recogniseOrder(understood: string): Intent | undefined {
  const units = splitUnits(understood);
  if (units.length > MAX_UNITS) return undefined;
  const meanings = new Set(ORDERS.cover(units));
  if (meanings.has('renew')) return { kind: 'renew' };
  return meanings.has('loans') ? { kind: 'loans' } : undefined;
}

/** An ISBN alone, or one of 13 digits amid words; ten digits amid words are more often a telephone or card number. */
function findIsbn(text: string): string | undefined {
  const alone = parseIsbn(text);
  if (alone !== undefined) return alone.isbn13;
  for (const [digits] of text.normalize('NFKC').matchAll(/97[89][\d \p{Pd}]{9,20}\d/gu)) {
    const found = parseIsbn(digits);
    if (found !== undefined) return found.isbn13;
  }
  return undefined;
}
