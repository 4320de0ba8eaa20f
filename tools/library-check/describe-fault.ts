import type { FaultReason, LibraryFault } from '../../library-systems/library-fault';

const ADVICE: Record<FaultReason, string> = {
  host: 'No machine of this name is known: check the host name and the name server',
  refused: 'The machine is there, but nothing listens on this port: check the port and the firewall',
  tls: 'No secure connection: check http/https (or tls), the certificate, and caFile for an authority of your own',
  credentials:
    'The library system does not accept these credentials: check user, password, key and location code',
  charset: 'The text is in another character set: check charset',
  institution: 'The library system answers for another institution: check the institution id',
  path: 'Something else answers at this address: check path, database and interface settings',
  protocol: 'Whoever answers there does not speak this protocol: check kind, host and port',
};

/**
 * What a fault means to whoever connects the library.
 * @param told what was advised already and need not be said again; added to
 */
export function describeFault({ code, message, reason }: LibraryFault, told: Set<FaultReason>): string {
  if (reason === undefined || told.has(reason)) return `${code}: ${message}`;
  told.add(reason);
  return `${code}: ${message}. ${ADVICE[reason]}`;
}
