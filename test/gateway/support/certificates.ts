import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeCertificate } from '../../support/make-certificate';

export interface Certificate {
  certFile: string;
  keyFile: string;
  cert: string;
  key: string;
}

/** A folder with authorities and certificates for 127.0.0.1 that live as long as a test. */
export function openAuthority() {
  const folder = mkdtempSync(path.join(tmpdir(), 'shutong-tls-'));
  const authorities = new Map<string, Certificate>();
  const keep = (name: string, { cert, key }: { cert: string; key: string }): Certificate => {
    const [certFile, keyFile] = [path.join(folder, `${name}.pem`), path.join(folder, `${name}.key`)];
    writeFileSync(certFile, cert);
    writeFileSync(keyFile, key);
    return { certFile, keyFile, cert, key };
  };
  return {
    folder,
    authority(name: string): Certificate {
      const certificate = keep(name, makeCertificate('127.0.0.1', undefined, name));
      authorities.set(name, certificate);
      return certificate;
    },
    /** A certificate signed by an authority of this folder. */
    issue(name: string, by: string): Certificate {
      const authority = authorities.get(by);
      if (!authority) throw new Error(`There is no authority ${by}`);
      return keep(name, makeCertificate('127.0.0.1', { name: by, certificate: authority }, name));
    },
  };
}
