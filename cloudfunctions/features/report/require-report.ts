import type { Report } from '../../../contracts/report/report';
import { requireFound } from '../../runtime/require';
import type { Sealer } from '../../runtime/sealed';
import { openReport, type ReportDocument } from '../../stores/reports';

/**
 * What a document's report says. One whose key has left the ring can be read by nobody any more; it is as if it had
 * expired, never an empty one. Who asks for a recomputation gets it back.
 * @throws {AppError} NOT_FOUND: it has not been made, or does not open any more
 */
export function requireReport(sealer: Sealer, document: ReportDocument): Report {
  requireFound(document.report, 'report, none has been made');
  return requireFound(openReport(sealer, document), 'report that opens');
}
