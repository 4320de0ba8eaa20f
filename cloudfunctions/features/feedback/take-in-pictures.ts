import { MAX_PICTURE_BYTES } from '../../../contracts/feedback';
import type { Desk } from '../../runtime/context';
import { doomGranted, findGranted, keepCopy } from '../../stores/feedback-files';
import type { Lease } from '../../stores/leases';
import { isPicture } from './is-picture';

/** When, ms, and the reader's lease, without which nothing is copied: what another call has copied may be under check. */
interface Taking {
  now: number;
  lease: Lease;
}

/**
 * Looks at what a reader's phone has uploaded, and copies it to where no phone can change it: what is checked later is
 * what staff will see.
 * @returns ids of the pictures, or which of them (from 0) is none, is too large, is not there, or not theirs to send
 * @throws {AppError} BUSY when the storage does not answer, or another call of the reader has taken over
 */
export async function takeInPictures(
  desk: Desk,
  openid: string,
  fileIds: readonly string[],
  at: Taking,
): Promise<{ ids: string[] } | { badPicture: number }> {
  const taken = await Promise.all(fileIds.map((fileId) => takeIn(desk, openid, fileId, at)));
  const badPicture = taken.findIndex((id, index) => id === undefined || taken.indexOf(id) !== index);
  return badPicture < 0 ? { ids: taken.filter((id) => id !== undefined) } : { badPicture };
}

async function takeIn(
  desk: Desk,
  openid: string,
  fileId: string,
  { now, lease }: Taking,
): Promise<string | undefined> {
  const granted = await findGranted(desk.lookup, openid, fileId, now);
  if (!granted) return undefined;
  const kept = await keepCopy(granted, MAX_PICTURE_BYTES, (bytes) => {
    lease.assertHeld();
    return isPicture(bytes);
  });
  if (kept === 'kept') return granted._id;
  // what is not there may still be on its way
  if (kept === 'refused') await doomGranted(granted._id, now);
  return undefined;
}
