import type { BibSummary, Item } from '../contracts/catalog';

type Counts = Pick<BibSummary, 'totalCopies' | 'availableCopies' | 'availableAt' | 'earliestDueAt'>;

/** What the copies of a title say together; nothing where one copy's state is not known, for then no count is true. */
export function countCopies(items: readonly Item[]): Counts {
  if (items.some(({ status }) => status === 'unknown')) return {};
  const available = items.filter(({ status }) => status === 'available');
  const [earliest] = items.flatMap(({ dueAt }) => dueAt ?? []).sort();
  return {
    totalCopies: items.length,
    availableCopies: available.length,
    availableAt: [...new Set(available.map(({ branch }) => branch.name))],
    ...(available.length === 0 && earliest !== undefined && { earliestDueAt: earliest }),
  };
}
