import { checkPicture, checkText } from '../cloud/content-check';
import { sendText } from '../cloud/customer-message';
import { listHoldings } from '../features/catalog/list-holdings';
import { resolveScan } from '../features/catalog/resolve-scan';
import { searchCatalog } from '../features/catalog/search-catalog';
import { openTicket } from '../features/feedback/open-ticket';
import { takeVerdict } from '../features/feedback/take-verdict';
import { listHolds } from '../features/holds/list-holds';
import { listLoans } from '../features/loans/list-loans';
import { renewAllLoans } from '../features/loans/renew-all-loans';
import type { PushPorts } from '../features/messages/chat/serve-push';

/** Which features serve whoever writes: the same that serve the pages. */
export const ports: PushPorts = {
  listLoans,
  renewAll: renewAllLoans,
  listHolds,
  search: searchCatalog,
  resolve: resolveScan,
  holdings: listHoldings,
  checkText,
  openTicket: (context, { text, requestId }) =>
    openTicket(
      context,
      { openid: context.openid, kind: 'question', text, via: 'chat', requestId },
      { checkText, checkPicture },
    ),
  sendText,
  takeVerdict,
};
