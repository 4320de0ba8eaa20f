import type { PublicApi } from '../../contracts/public';
import { verifyCertificate } from '../features/onboarding/verify-certificate';
import { showShared } from '../features/report/show-shared';
import type { Handlers } from '../runtime/route';

/** Which feature serves what anybody may ask. */
export const handlers: Handlers<PublicApi> = {
  'onboarding.verify': verifyCertificate,
  'report.shared': showShared,
};
