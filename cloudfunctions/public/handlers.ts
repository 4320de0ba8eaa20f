import type { PublicApi } from '../../contracts/public';
import { verifyCertificate } from '../features/onboarding/verify-certificate';
import type { Handlers } from '../runtime/route';

/** Which feature serves what anybody may ask. */
export const handlers: Handlers<PublicApi> = {
  'onboarding.verify': verifyCertificate,
  // Loaded on first use, with the schemas of all cards.
  'report.shared': async (context, input) =>
    (await import('../features/report/show-shared')).showShared(context, input),
};
