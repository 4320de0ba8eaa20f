import type * as v from 'valibot';
import type { PublicApi } from '../../contracts/public';
import { callFunction } from './api';

type Action = keyof PublicApi;

/** All of them only read. */
const RULES = { repeatable: true };

/**
 * Calls an action of the `public` function, which knows nobody and asks for no card.
 * @throws ApiFault
 */
export function callPublic<A extends Action>(
  action: A,
  input: v.InferInput<PublicApi[A]['input']>,
): Promise<v.InferOutput<PublicApi[A]['output']>> {
  return callFunction('public', { action, input }, RULES);
}
