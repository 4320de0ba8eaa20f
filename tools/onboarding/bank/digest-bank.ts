import { createHash } from 'node:crypto';
import type { BankItem } from '../../../contracts/onboarding/bank';

/** Items in the one order in which a bank is kept, so that the order of rows in a file does not matter. */
export const inOrder = (items: readonly BankItem[]): BankItem[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** The name of a bank's content: the same content has the same, whatever file it came from. */
export function digestBank(items: readonly BankItem[]): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(inOrder(items))))
    .digest('hex')
    .slice(0, 16);
}

/** With the fields of objects in order; lists stay as they are. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, sorted(field)]),
  );
}
