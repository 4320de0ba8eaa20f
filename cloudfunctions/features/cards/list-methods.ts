import type * as v from 'valibot';
import { CONSENT_VERSION, type MethodsOutput } from '../../../contracts/cards';
import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';

export async function listMethods(context: Context): Promise<v.InferOutput<typeof MethodsOutput>> {
  const { methods } = requireCapability((await context.library()).signIn, 'sign-in');
  return { methods: [...methods], consentVersion: CONSENT_VERSION };
}
