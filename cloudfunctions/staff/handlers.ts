import type { StaffApi } from '../../contracts/staff';
import { listTicketsForStaff } from '../features/feedback/staff/list-queue';
import { replyToTicket } from '../features/feedback/staff/reply-to-ticket';
import {
  closeForStaff,
  judgeEntry,
  reopenForStaff,
  showForStaff,
} from '../features/feedback/staff/serve-ticket';
import { changeTemplates } from '../features/messages/staff/change-templates';
import { showStatus as showMessageStatus } from '../features/messages/staff/show-status';
import { changeSettings } from '../features/onboarding/staff/change-settings';
import { exportPasses } from '../features/onboarding/staff/export-passes';
import { giveExtraTime } from '../features/onboarding/staff/give-extra-time';
import { previewPaper } from '../features/onboarding/staff/preview-paper';
import { publishBank } from '../features/onboarding/staff/publish-bank';
import { putSlice } from '../features/onboarding/staff/put-slice';
import { showBank } from '../features/onboarding/staff/show-bank';
import { showStatistics } from '../features/onboarding/staff/show-statistics';
import { waiveReader } from '../features/onboarding/staff/waive-reader';
import { acceptImport } from '../features/report/staff/accept-import';
import { closeYear } from '../features/report/staff/close-season';
import { listParts } from '../features/report/staff/list-parts';
import { openYear } from '../features/report/staff/open-season';
import { previewYear } from '../features/report/staff/preview-season';
import { publishYear, withdrawYear } from '../features/report/staff/publish-season';
import { putLoans } from '../features/report/staff/put-loans';
import { showStatus } from '../features/report/staff/show-progress';
import { startYear } from '../features/report/staff/start-season';
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
  'messages.templates': changeTemplates,
  'messages.status': showMessageStatus,
  'report.season': openYear,
  'report.status': showStatus,
  'report.putLoans': putLoans,
  'report.importParts': listParts,
  'report.imported': acceptImport,
  'report.start': startYear,
  'report.preview': previewYear,
  'report.publish': publishYear,
  'report.withdraw': withdrawYear,
  'report.close': closeYear,
  'feedback.list': listTicketsForStaff,
  'feedback.show': showForStaff,
  'feedback.reply': async (context, input) =>
    replyToTicket(context, input, (await import('../cloud/customer-message')).sendText),
  'feedback.close': closeForStaff,
  'feedback.reopen': reopenForStaff,
  'feedback.judge': judgeEntry,
};
