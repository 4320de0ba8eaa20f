import type { BibSummary, Item } from '../../contracts/catalog';

/** What the copies of a title say together. */
export function countCopies(
  items: readonly Item[],
): Pick<BibSummary, 'totalCopies' | 'availableCopies' | 'availableAt' | 'earliestDueAt'> {
  const available = items.filter(({ status }) => status === 'available');
  const [earliest] = items.flatMap(({ dueAt }) => dueAt ?? []).sort();
  return {
    totalCopies: items.length,
    availableCopies: available.length,
    availableAt: [...new Set(available.map(({ branch }) => branch.name))],
    ...(available.length === 0 && earliest !== undefined && { earliestDueAt: earliest }),
  };
}
