import { table } from '../cloud/database';

export const COLLECTION = 'onboarding_certificates';

/** What a code stands for. Times in ms. */
export interface CertificateDocument {
  /** The code, without dashes. */
  _id: string;
  owner: string;
  /** The local year of the pass. */
  year: number;
  at: number;
  expiresAt: number;
}

export async function findCertificateYear(code: string): Promise<number | undefined> {
  const found = await table<CertificateDocument>(COLLECTION).find(code);
  return found?.year;
}
