import * as v from 'valibot';
import { BrokenSeal, type Seal, type Sealer } from '../runtime/sealed';

/**
 * Opens what was stored; undefined when it does not open any more (its key has
 * left the ring) or is of an older shape: then it is as if it had expired.
 */
export function openSealed<S extends v.GenericSchema>(
  sealer: Sealer,
  schema: S,
  sealed: string | undefined,
  seal: Seal,
): v.InferOutput<S> | undefined {
  if (sealed === undefined) return undefined;
  try {
    const parsed = v.safeParse(schema, sealer.open(sealed, seal));
    return parsed.success ? parsed.output : undefined;
  } catch (error) {
    if (error instanceof BrokenSeal) return undefined;
    throw error;
  }
}
