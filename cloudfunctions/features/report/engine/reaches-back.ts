import type { Material } from './material';

/**
 * The history knows of some time before the window. An import may hold the year alone; one of which the staff do not
 * say where it begins is known to reach back only where it has an earlier loan of this reader.
 */
export function reachesBack({ facts: { earlier, reading }, source }: Material): boolean {
  const { sinceDay, span } = reading;
  if (sinceDay !== undefined) return sinceDay < span.fromDay;
  return source !== 'import' || earlier.length > 0;
}
