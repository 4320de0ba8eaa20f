import type { Facts } from './facts';

/**
 * The history knows of some time before the window. A library forgets loans after a while, and an import may hold the
 * year alone: where nobody says from when on it is whole, only an earlier loan of this reader tells that it reaches back.
 */
export function reachesBack({ earlier, reading: { sinceDay, span } }: Facts): boolean {
  return sinceDay === undefined ? earlier.length > 0 : sinceDay < span.fromDay;
}
