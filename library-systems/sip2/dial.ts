import net from 'node:net';
import tls from 'node:tls';
import { LibraryFault } from '../library-fault';
import type { FaultReason } from '../library-fault';

export interface Peer {
  host: string;
  port: number;
  /** Longest wait for the connection to stand, TLS included, in milliseconds. */
  connectTimeoutMs: number;
  /** Absent for a plain connection. The server's certificate is always checked. */
  tls?: { ca?: Buffer; cert?: Buffer; key?: Buffer; servername?: string };
}

/** @throws {LibraryFault} UNREACHABLE with what stands in the way */
export function dial({ host, port, connectTimeoutMs, tls: secure }: Peer): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const options = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 };
    let connected = false;
    const socket = secure
      ? tls.connect({ ...options, ...secure, rejectUnauthorized: true, minVersion: 'TLSv1.2' })
      : net.connect(options);
    const timer = setTimeout(() => {
      const what = secure && connected ? 'does not answer in TLS' : 'does not take the connection';
      fail(unreachable(`The library system ${what}`, secure && connected ? 'tls' : 'host'));
    }, connectTimeoutMs);
    const fail = (fault: LibraryFault): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(fault);
    };
    const onError = (error: Error): void => fail(describeFailure(error, secure !== undefined && connected));
    const onClose = (): void =>
      fail(unreachable('The library system closed the connection at once', secure ? 'tls' : 'refused'));
    socket.on('error', onError);
    socket.on('close', onClose);
    socket.on('connect', () => {
      connected = true;
    });
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      socket.off('error', onError);
      socket.off('close', onClose);
      resolve(socket);
    });
  });
}

const unreachable = (message: string, reason: FaultReason, cause?: unknown): LibraryFault =>
  new LibraryFault('UNREACHABLE', message, { reason, cause });

/** @param inTls whether TCP stood already */
function describeFailure(error: NodeJS.ErrnoException, inTls: boolean): LibraryFault {
  const code = error.code ?? '';
  if (inTls || isTlsCode(code)) {
    return unreachable(`TLS with the library system failed (${code})`, 'tls', error);
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(`The library system's host has no address (${code})`, 'host', error);
    case 'ECONNREFUSED':
      return unreachable(`The library system refuses connections (${code})`, 'refused', error);
    default:
      return unreachable(`The library system cannot be reached (${code})`, 'host', error);
  }
}

/** Failures of certificates and of the protocol, as Node and OpenSSL name them. */
export const isTlsCode = (code: string): boolean =>
  /^(ERR_SSL|ERR_TLS|ERR_OSSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(
    code,
  );
