import { LibraryFault } from '../library-fault';
import type { FaultReason } from '../library-fault';

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.name;

/** Codes of Node.js and OpenSSL: https://nodejs.org/api/errors.html, x509 verification errors. */
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO)/;

function reasonOf(code: string): FaultReason | undefined {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'host';
  if (code === 'ECONNREFUSED') return 'refused';
  return TLS.test(code) ? 'tls' : undefined;
}

/**
 * The fault that a failed connection means. `HPE_…` is Node's parser: something answered, and not in HTTP.
 * @param connected whether the connection stood, so that the request may have left
 */
export function describeCut(
  error: Error,
  { base, connected, kind }: { base: URL; connected: boolean; kind: 'read' | 'write' },
): LibraryFault {
  const code = codeOf(error);
  if (code.startsWith('HPE_')) {
    return new LibraryFault('GARBLED', `${base.host} does not answer in HTTP (${code})`, {
      cause: error,
      reason: 'protocol',
    });
  }
  const reason = reasonOf(code);
  const options = { cause: error, ...(reason && { reason }) };
  if (connected && kind === 'write') {
    return new LibraryFault('LOST', `The connection to ${base.host} was cut before it had answered`, options);
  }
  return new LibraryFault('UNREACHABLE', `${base.host} cannot be reached (${code})`, options);
}
