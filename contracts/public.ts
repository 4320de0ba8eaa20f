import { typed } from './fields';
import { VerifyInput, VerifyOutput } from './onboarding';
import { SharedInput } from './report/inputs';
import type { SharedReport } from './report/shared';

/** What anybody may ask of the `public` function, with or without an identity. */
export const publicApi = {
  'onboarding.verify': { input: VerifyInput, output: VerifyOutput },
  /** @throws NOT_FOUND: no such link, or it was revoked, or its year is not published (any more) */
  'report.shared': { input: SharedInput, output: typed<SharedReport>() },
} as const;
export type PublicApi = typeof publicApi;
