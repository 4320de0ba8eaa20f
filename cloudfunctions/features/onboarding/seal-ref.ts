import * as v from 'valibot';
import type { Sealer } from '../../runtime/sealed';
import type { AttemptDocument } from '../../stores/onboarding-attempts';
import { openSealed } from '../../stores/open-sealed';

const PURPOSE = 'onboarding_attempts.ref';

/** The library's reference of a reader, to be kept with an open paper. */
export const sealRef = (sealer: Sealer, { _id }: Pick<AttemptDocument, '_id'>, patronRef: string): string =>
  sealer.seal(patronRef, { owner: _id, purpose: PURPOSE });

/** @returns undefined when it cannot be read any more */
export const openRef = (sealer: Sealer, { _id, ref }: AttemptDocument): string | undefined =>
  openSealed(sealer, v.string(), ref, { owner: _id, purpose: PURPOSE });
