import { VerifyInput, VerifyOutput } from './onboarding';

/** What anybody may ask of the `public` function, with or without an identity. */
export const publicApi = {
  'onboarding.verify': { input: VerifyInput, output: VerifyOutput },
} as const;
export type PublicApi = typeof publicApi;
