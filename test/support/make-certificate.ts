import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import net from 'node:net';

/** A certificate for tests, made anew each time: no key lies in the repository. */
export interface Certificate {
  /** PEM. */
  cert: string;
  key: string;
}

const DAY_MS = 86_400_000;

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const length =
    content.length < 0x80
      ? Buffer.of(content.length)
      : Buffer.of(0x82, content.length >> 8, content.length & 0xff);
  return Buffer.concat([Buffer.of(tag), length, content]);
};
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const oid = (...bytes: number[]): Buffer => der(0x06, Buffer.from(bytes));
const utc = (ms: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14)}Z`));
const commonName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name)))));
const ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

/** A subjectAltName: of an address (iPAddress), or of a host (dNSName). */
const alternative = (host: string): Buffer =>
  net.isIPv4(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));

/**
 * A certificate (RFC 5280) for one host name or IPv4 address.
 * @param by who signs it; itself, as an authority, if left out
 * @param name its common name, by which an authority is told from another
 */
export function makeCertificate(
  host: string,
  by?: { name: string; certificate: Certificate },
  name = host,
): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const names = sequence(alternative(host));
  const authority = by === undefined ? [der(0x01, Buffer.of(0xff))] : [];
  const serial = Buffer.concat([Buffer.of(1), randomBytes(8)]);
  const extension = (id: number, value: Buffer): Buffer => sequence(oid(0x55, 0x1d, id), der(0x04, value));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, serial),
    ECDSA_WITH_SHA256,
    commonName(by?.name ?? name),
    sequence(utc(Date.now() - DAY_MS), utc(Date.now() + DAY_MS)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension(0x13, sequence(...authority)), extension(0x11, names))),
  );
  const signature = sign(
    'sha256',
    body,
    by === undefined ? privateKey : createPrivateKey(by.certificate.key),
  );
  const certificate = sequence(body, ECDSA_WITH_SHA256, der(0x03, Buffer.of(0), signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g)!;
  return {
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}
