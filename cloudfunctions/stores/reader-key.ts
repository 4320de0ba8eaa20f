import type { Lookup } from '../runtime/lookup';

/**
 * By what is found that belongs to a card, whoever has bound it: a keyed hash of the library's reference of the
 * reader. Its kind is as old as the onboarding, which used it first, and must stay what it is: records lie under it.
 */
export const readerKeyOf = (lookup: Lookup, patronRef: string): string => lookup('onboarding', patronRef);
