import type * as v from 'valibot';
import type { FactsOutput } from '../../../contracts/onboarding';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { requireKey } from './open-record';
import { readPolicy } from './read-library-facts';

/** The library's own rules, for the cards. What the library does not tell is absent; a library that is away is a fault. */
export async function showFacts(context: Context): Promise<v.InferOutput<typeof FactsOutput>> {
  const { binding } = await requireKey(context, 'read');
  const { policy, at } = await readPolicy(context);
  return {
    asOf: timestamp(at),
    ...(policy && { policy }),
    ...(binding.profile && { readerType: binding.profile.readerType }),
  };
}
