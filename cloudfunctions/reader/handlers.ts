import type { ReaderApi } from '../../contracts';
import { bindCard } from '../features/cards/bind-card';
import { listMethods } from '../features/cards/list-methods';
import { showMine } from '../features/cards/show-mine';
import { showPass } from '../features/cards/show-pass';
import { startSignIn } from '../features/cards/start-sign-in';
import { unbindCard } from '../features/cards/unbind-card';
import { listHoldings } from '../features/catalog/list-holdings';
import { listMostBorrowed } from '../features/catalog/list-most-borrowed';
import { listNewBooks } from '../features/catalog/list-new-books';
import { listRelatedBibs } from '../features/catalog/list-related-bibs';
import { resolveScan } from '../features/catalog/resolve-scan';
import { searchCatalog } from '../features/catalog/search-catalog';
import { showBib } from '../features/catalog/show-bib';
import { suggestTitles } from '../features/catalog/suggest-titles';
import { listFines } from '../features/fines/list-fines';
import { eraseHistory } from '../features/history/erase-history';
import { exportHistory } from '../features/history/export-history';
import { listHistory } from '../features/history/list-history';
import { switchHistory } from '../features/history/switch-history';
import { cancelHold } from '../features/holds/cancel-hold';
import { listHolds } from '../features/holds/list-holds';
import { listPickupPlaces } from '../features/holds/list-pickup-places';
import { placeHold } from '../features/holds/place-hold';
import { listWatches, watchTitle } from '../features/holds/watch-title';
import { listCapabilities } from '../features/library/list-capabilities';
import { showStatus } from '../features/library/show-status';
import { listLoans } from '../features/loans/list-loans';
import { renewAllLoans } from '../features/loans/renew-all-loans';
import { renewLoans } from '../features/loans/renew-loans';
import { renewScannedLoan } from '../features/loans/renew-scanned-loan';
import { countUnreadMessages } from '../features/messages/inbox/count-unread';
import { eraseData } from '../features/privacy/erase-data';
import { exportData } from '../features/privacy/export-data';
import type { Handlers } from '../runtime/route';

/** Which feature serves which action. */
export const handlers: Handlers<ReaderApi> = {
  'system.capabilities': listCapabilities,
  'system.status': showStatus,
  // Loaded on first use, with the time zones that nothing else needs.
  'library.hours': async (context) => (await import('../features/library/show-hours')).showHours(context),
  'catalog.search': searchCatalog,
  'catalog.suggest': suggestTitles,
  'catalog.bib': showBib,
  'catalog.holdings': listHoldings,
  'catalog.related': listRelatedBibs,
  'catalog.newBooks': listNewBooks,
  'catalog.mostBorrowed': listMostBorrowed,
  'catalog.scan': resolveScan,
  'cards.methods': listMethods,
  'cards.start': startSignIn,
  'cards.bind': bindCard,
  'cards.unbind': unbindCard,
  'cards.mine': showMine,
  'cards.pass': showPass,
  'loans.list': listLoans,
  'loans.renew': renewLoans,
  'loans.renewAll': renewAllLoans,
  'loans.renewScanned': renewScannedLoan,
  'holds.list': listHolds,
  'holds.pickupPlaces': listPickupPlaces,
  'holds.place': placeHold,
  'holds.cancel': cancelHold,
  'holds.watch': watchTitle,
  'holds.watches': listWatches,
  'fines.list': listFines,
  'history.list': listHistory,
  'history.switch': switchHistory,
  'history.export': exportHistory,
  'history.erase': eraseHistory,
  // Loaded on first use: only new students need it.
  'onboarding.overview': async (context) =>
    (await import('../features/onboarding/show-overview')).showOverview(context),
  'onboarding.facts': async (context) =>
    (await import('../features/onboarding/show-facts')).showFacts(context),
  'onboarding.exercise': async (context) =>
    (await import('../features/onboarding/make-exercise')).makeExercise(context),
  'onboarding.read': async (context, input) =>
    (await import('../features/onboarding/keep-reading')).keepReading(context, input),
  'onboarding.campus': async (context, input) =>
    (await import('../features/onboarding/choose-campus')).chooseCampus(context, input),
  'onboarding.begin': async (context) =>
    (await import('../features/onboarding/begin-paper')).beginPaper(context),
  'onboarding.answer': async (context, input) =>
    (await import('../features/onboarding/save-answers')).saveAnswers(context, input),
  'onboarding.submit': async (context, input) =>
    (await import('../features/onboarding/submit-paper')).submitPaper(context, input),
  'onboarding.result': async (context, input) =>
    (await import('../features/onboarding/show-result')).showResult(context, input),
  'onboarding.certificate': async (context) =>
    (await import('../features/onboarding/show-certificate')).showCertificate(context),
  // Loaded on first use: whoever looks at a report looks at nothing else for a while.
  'report.overview': async (context) =>
    (await import('../features/report/show-overview')).showOverview(context),
  'report.optIn': async (context, input) => (await import('../features/report/opt-in')).optIn(context, input),
  'report.optOut': async (context) => (await import('../features/report/opt-out')).optOut(context),
  'report.open': async (context, input) =>
    (await import('../features/report/open-report')).openReport(context, input),
  'report.version': async (context, input) =>
    (await import('../features/report/show-version')).showVersion(context, input),
  'report.books': async (context, input) =>
    (await import('../features/report/list-books')).listBooks(context, input),
  'report.hide': async (context, input) =>
    (await import('../features/report/hide-card')).hideCard(context, input),
  'report.share': async (context, input) =>
    (await import('../features/report/share-report')).shareReport(context, input),
  'report.revoke': async (context, input) =>
    (await import('../features/report/revoke-share')).revokeShare(context, input),
  'report.code': async (context, input) => {
    const [{ makeCode }, { drawCode }] = await Promise.all([
      import('../features/report/make-code'),
      import('../cloud/mini-program-code'),
    ]);
    return makeCode(context, input, drawCode);
  },
  'report.dispute': async (context, input) =>
    (await import('../features/report/dispute-report')).disputeReport(context, input),
  // Loaded on first use, and with it WeChat's content check where something is written.
  'feedback.upload': async (context, input) =>
    (await import('../features/feedback/grant-upload')).grantUpload(context, input),
  'feedback.send': async (context, input) => {
    const [{ sendFeedback }, checks] = await Promise.all([
      import('../features/feedback/send-feedback'),
      import('../cloud/content-check'),
    ]);
    return sendFeedback(context, input, checks);
  },
  'feedback.more': async (context, input) => {
    const [{ addToTicket }, checks] = await Promise.all([
      import('../features/feedback/send-feedback'),
      import('../cloud/content-check'),
    ]);
    return addToTicket(context, input, checks);
  },
  'feedback.list': async (context, input) =>
    (await import('../features/feedback/list-tickets')).listTickets(context, input),
  'feedback.show': async (context, input) =>
    (await import('../features/feedback/show-ticket')).showTicket(context, input),
  'feedback.close': async (context, input) =>
    (await import('../features/feedback/show-ticket')).closeTicket(context, input),
  'feedback.remove': async (context, input) =>
    (await import('../features/feedback/show-ticket')).discardTicket(context, input),
  // Loaded on first use, but for the count that a badge asks for each time a page is shown.
  'messages.unread': countUnreadMessages,
  'messages.inbox': async (context, input) =>
    (await import('../features/messages/inbox/show-inbox')).showInbox(context, input),
  'messages.markRead': async (context, input) =>
    (await import('../features/messages/inbox/mark-read')).markMessagesRead(context, input),
  'messages.remove': async (context, input) =>
    (await import('../features/messages/inbox/remove-messages')).removeFromInbox(context, input),
  'messages.settings': async (context) =>
    (await import('../features/messages/settings/show-settings')).showSettings(context),
  'messages.switch': async (context, input) =>
    (await import('../features/messages/settings/switch-kind')).switchMessageKind(context, input),
  'messages.granted': async (context, input) =>
    (await import('../features/messages/settings/take-answers')).takeAnswers(context, input),
  'privacy.export': exportData,
  'privacy.erase': eraseData,
};
