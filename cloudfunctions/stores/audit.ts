import { randomUUID } from 'node:crypto';
import { table } from '../cloud/database';

const COLLECTION = 'audit';
const KEPT_FOR = 3 * 365 * 86_400_000;

/** What the library's staff have ordered. Times in ms. */
interface AuditDocument {
  _id: string;
  at: number;
  by: string;
  action: string;
  /** Reader code. */
  reader?: string;
  /** Numbers, switches and the reason given. */
  details: Record<string, unknown>;
  expiresAt: number;
}

/** Writes an order down before it is carried out, so that none goes unseen. */
export async function writeAudit(
  order: Pick<AuditDocument, 'by' | 'action' | 'details'> & { reader?: string },
  now: number,
): Promise<void> {
  await table<AuditDocument>(COLLECTION).add({
    _id: randomUUID(),
    at: now,
    ...order,
    expiresAt: now + KEPT_FOR,
  });
}
