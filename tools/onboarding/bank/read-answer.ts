import type { ItemType } from '../../../contracts/onboarding/bank';
import type { Says } from '../../staff/says';

const TRUE = new Set(['true', 't', 'yes', 'y', '对', '正确', '是', '√']);
const FALSE = new Set(['false', 'f', 'no', 'n', '错', '错误', '否', '×', 'x']);

/**
 * What a cell gives as the answer: `b`, `a,c`, `c>a>b>d`, `true`; also
 * full-width, without separators (`AC`), or 对 and 错.
 * @returns ids of options, which may not be there, or what was expected
 */
export function readAnswer(text: string, type: ItemType | undefined): string[] | Says {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  if (plain === '') return { en: 'the right answer is missing', zh: '缺少正确答案' };
  if (type === 'true-false') {
    if (TRUE.has(plain)) return ['true'];
    if (FALSE.has(plain)) return ['false'];
    return { en: 'expected true or false', zh: '应为 true/false 或 对/错' };
  }
  const ids = plain.split(/\s*[,、;>→/]\s*|\s+/u).filter((id) => id !== '');
  const letters = ids.length === 1 && /^[a-f]{2,6}$/.test(ids[0]!) ? [...ids[0]!] : ids;
  if (letters.every((id) => /^[a-f]$/.test(id))) return letters;
  return {
    en: 'expected letters of options such as b, or a,c, or c>a>b>d',
    zh: '应为选项字母，如 b、a,c 或 c>a>b>d',
  };
}
