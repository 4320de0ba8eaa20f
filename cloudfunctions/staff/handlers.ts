import type { StaffApi } from '../../contracts/staff';
import { changeSettings } from '../features/onboarding/staff/change-settings';
import { exportPasses } from '../features/onboarding/staff/export-passes';
import { giveExtraTime } from '../features/onboarding/staff/give-extra-time';
import { previewPaper } from '../features/onboarding/staff/preview-paper';
import { publishBank } from '../features/onboarding/staff/publish-bank';
import { putSlice } from '../features/onboarding/staff/put-slice';
import { showBank } from '../features/onboarding/staff/show-bank';
import { showStatistics } from '../features/onboarding/staff/show-statistics';
import { waiveReader } from '../features/onboarding/staff/waive-reader';
import type { Handlers } from '../runtime/route';

/** Which feature serves which order of the library's staff. */
export const handlers: Handlers<StaffApi> = {
  'onboarding.putSlice': putSlice,
  'onboarding.publish': publishBank,
  'onboarding.bank': showBank,
  'onboarding.settings': changeSettings,
  'onboarding.preview': previewPaper,
  'onboarding.waive': waiveReader,
  'onboarding.extraTime': giveExtraTime,
  'onboarding.statistics': showStatistics,
  'onboarding.export': exportPasses,
};
