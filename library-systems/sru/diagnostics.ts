import { LibraryFault } from '../library-fault';
import type { FaultReason, LibraryFaultCode } from '../library-fault';

/** Diagnostics of SRU (http://www.loc.gov/standards/sru/diagnostics/diagnosticsList.html) that servers really send. */
const KNOWN: Readonly<Record<number, string>> = {
  1: 'general system error',
  2: 'system temporarily unavailable',
  3: 'authentication error',
  4: 'unsupported operation',
  5: 'unsupported version',
  6: 'unsupported parameter value',
  7: 'mandatory parameter not supplied',
  8: 'unsupported parameter',
  10: 'query syntax error',
  15: 'unsupported context set',
  16: 'unsupported index',
  19: 'unsupported relation',
  20: 'unsupported relation modifier',
  22: 'unsupported combination of relation and index',
  24: 'unsupported combination of relation and term',
  48: 'query feature unsupported',
  60: 'too many matching records',
  66: 'unknown schema for retrieval',
  67: 'record not available in this schema',
  71: 'unsupported record packing',
  80: 'sort not supported',
  81: 'unsupported sort type',
  82: 'unsupported sort sequence',
  89: 'unsupported path for sort',
  235: 'database does not exist',
};
/** Nothing can match: an empty term, or one of nothing but stop words. */
const MATCHES_NOTHING = new Set([27, 35]);
export const OUT_OF_RANGE = 61;
export const UNSUPPORTED_INDEX = new Set([15, 16, 18, 22]);

/** Number of a diagnostic, by its URI `info:srw/diagnostic/1/16` or, with servers that send only that, the bare number. */
export function diagnosticNumber(uri: string): number | undefined {
  const number = /^(?:info:srw\/diagnostic\/1\/)?(\d{1,4})$/.exec(uri.trim())?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Whether a diagnostic says that the page asked for lies behind the end, or that nothing can match. */
export const meansNothing = (number: number | undefined): boolean =>
  number !== undefined && (number === OUT_OF_RANGE || MATCHES_NOTHING.has(number));

/** A server's diagnostic that is not for us to answer. */
export class SruDiagnostic extends LibraryFault {
  constructor(readonly diagnostic: number | undefined) {
    const [code, reason] = faultOf(diagnostic);
    // Not in the server's words: those may repeat what the reader typed.
    const text =
      diagnostic === undefined ? 'of its own' : `${diagnostic}, ${KNOWN[diagnostic] ?? 'see the list'}`;
    super(code, `The SRU server answered with a diagnostic: ${text}`, reason && { reason });
  }
}

/** Whoever sends a diagnostic speaks SRU: most name a setting of ours, which the diagnosis finds one by one. */
function faultOf(diagnostic: number | undefined): [LibraryFaultCode, FaultReason?] {
  if (diagnostic === 1 || diagnostic === 2) return ['UNREACHABLE'];
  if (diagnostic === 3) return ['REJECTED', 'credentials'];
  if (diagnostic === 235) return ['REJECTED', 'path'];
  return ['REJECTED'];
}
