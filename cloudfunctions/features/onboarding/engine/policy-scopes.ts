import type { Named } from '../../../../contracts/catalog';
import type { LoanPolicy } from '../../../../contracts/library';
import type { Words } from '../../../../contracts/onboarding/words';

export type LoanRule = LoanPolicy['rules'][number];

/** Books to which one line of the policy applies, in words that can stand in a question. */
export interface Scope {
  rule: LoanRule;
  /** What the line is about, e.g. "books of the type …". */
  books: Words;
  /** Begins the question where earlier lines say otherwise for some of these books; may be empty. */
  apart: Words;
}

const same = (a: Named | undefined, b: Named | undefined): boolean => a?.code === b?.code;
const meets = (a: Named | undefined, b: Named | undefined): boolean =>
  a === undefined || b === undefined || a.code === b.code;
const contains = (whole: Named | undefined, part: Named | undefined): boolean =>
  whole === undefined || same(whole, part);

/**
 * The lines of a policy that apply to books lent to a reader of this type. Of the lines that fit, the first counts
 * (LoanPolicy): a line of which nothing is left is passed over, and books for which an earlier line says something
 * else in what is asked are set apart.
 * @param asked what the question is about
 */
export function scopesOf(
  policy: LoanPolicy,
  readerType: Named,
  asked: 'days' | 'renewals' | 'renewalDays',
): Scope[] {
  const rules = policy.rules.filter(
    (rule) => rule.readerType === undefined || same(rule.readerType, readerType),
  );
  return rules.flatMap((rule, place) => {
    const earlier = rules
      .slice(0, place)
      .filter((other) => meets(other.itemType, rule.itemType) && meets(other.branch, rule.branch));
    const nothingLeft = earlier.some(
      (other) => contains(other.itemType, rule.itemType) && contains(other.branch, rule.branch),
    );
    if (nothingLeft || !isNamed(rule, rules)) return [];
    const apart = earlier.filter((other) => other[asked] !== rule[asked]);
    return apart.every((other) => isNamed(other, rules))
      ? [{ rule, books: describe(rule), apart: setApart(apart) }]
      : [];
  });
}

/** Whether its names can be told from those of other types and branches. */
function isNamed(rule: LoanRule, rules: readonly LoanRule[]): boolean {
  return (['itemType', 'branch'] as const).every((part) => {
    const named = rule[part];
    if (named === undefined) return true;
    return (
      named.name.trim() !== '' &&
      rules.every((other) => other[part]?.name !== named.name || same(other[part], named))
    );
  });
}

/** Names are the library's own and stay as they are in either language. */
function describe({ itemType, branch }: LoanRule): Words {
  if (itemType && branch) {
    return {
      zh: `${branch.name}里类型为“${itemType.name}”的书`,
      en: `books of the type “${itemType.name}” from ${branch.name}`,
    };
  }
  if (itemType) return { zh: `类型为“${itemType.name}”的书`, en: `books of the type “${itemType.name}”` };
  if (branch) return { zh: `${branch.name}的书`, en: `books from ${branch.name}` };
  return { zh: '你借的书', en: 'the books that you borrow' };
}

function setApart(rules: readonly LoanRule[]): Words {
  if (rules.length === 0) return { zh: '', en: '' };
  const examples = rules.slice(0, 2).map(describe);
  return {
    zh: `除了另有规定的书（如${examples.map(({ zh }) => zh).join('、')}），`,
    en: `Apart from books with rules of their own (such as ${examples.map(({ en }) => en).join(', ')}), `,
  };
}
