import { createHash } from 'node:crypto';

/** The same question gets the same id everywhere, so that what was seen is known and statistics add up. */
export const itemId = (kind: string, content: unknown): string =>
  `${kind}-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12)}`;

export const OPTION_IDS = ['a', 'b', 'c', 'd'] as const;
