import { MAX_PICTURE_BYTES } from '../../../contracts/feedback';
import type { Desk } from '../../runtime/context';
import { doomGranted, findGranted, keepCopy } from '../../stores/feedback-files';
import { isPicture } from './is-picture';

/**
 * Looks at what a reader's phone has uploaded, and copies it to where no phone can change it: what is checked later is
 * what staff will see.
 * @returns ids of the pictures, or which of them (from 0) is none, is too large, is not there, or not theirs to send
 * @throws {AppError} BUSY when the storage does not answer
 */
export async function takeInPictures(
  desk: Desk,
  openid: string,
  fileIds: readonly string[],
  now: number,
): Promise<{ ids: string[] } | { badPicture: number }> {
  const taken = await Promise.all(fileIds.map((fileId) => takeIn(desk, openid, fileId, now)));
  const badPicture = taken.findIndex((id, index) => id === undefined || taken.indexOf(id) !== index);
  return badPicture < 0 ? { ids: taken.filter((id) => id !== undefined) } : { badPicture };
}

async function takeIn(desk: Desk, openid: string, fileId: string, now: number): Promise<string | undefined> {
  const granted = await findGranted(desk.lookup, openid, fileId);
  if (!granted) return undefined;
  const kept = await keepCopy(granted, MAX_PICTURE_BYTES, isPicture);
  if (kept === 'kept') return granted._id;
  // what is not there may still be on its way
  if (kept === 'refused') await doomGranted(granted._id, now);
  return undefined;
}
