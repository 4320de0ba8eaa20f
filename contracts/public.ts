import { VerifyInput, VerifyOutput } from './onboarding';
import { SharedInput, SharedOutput } from './report/actions';

/** What anybody may ask of the `public` function, with or without an identity. */
export const publicApi = {
  'onboarding.verify': { input: VerifyInput, output: VerifyOutput },
  /** @throws NOT_FOUND: no such link, or it was revoked, or its year is not published (any more) */
  'report.shared': { input: SharedInput, output: SharedOutput },
} as const;
export type PublicApi = typeof publicApi;
