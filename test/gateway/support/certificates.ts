import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Certificate {
  certFile: string;
  keyFile: string;
  cert: string;
  key: string;
}

/** A folder with authorities and certificates that live as long as a test, made by the openssl of the machine. */
export function openAuthority() {
  const folder = mkdtempSync(path.join(tmpdir(), 'shutong-tls-'));
  const openssl = (...args: string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const newKey = (name: string): string[] => [
    ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`],
  ];
  const read = (name: string): Certificate => {
    const [certFile, keyFile] = [path.join(folder, `${name}.pem`), path.join(folder, `${name}.key`)];
    return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  };
  return {
    folder,
    authority(name: string): Certificate {
      openssl('req', '-x509', ...newKey(name), '-subj', `/CN=${name}`, '-days', '2', '-out', `${name}.pem`);
      return read(name);
    },
    /** A certificate for 127.0.0.1, signed by an authority of this folder. */
    issue(name: string, by: string): Certificate {
      writeFileSync(path.join(folder, `${name}.ext`), 'subjectAltName=IP:127.0.0.1\n');
      openssl('req', ...newKey(name), '-subj', `/CN=${name}`, '-out', `${name}.csr`);
      const signed = ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial', '-days', '2'];
      openssl(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        ...signed,
        '-extfile',
        `${name}.ext`,
        '-out',
        `${name}.pem`,
      );
      return read(name);
    },
  };
}
