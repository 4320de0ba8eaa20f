import { doomGranted, removeDoomed, removeRejected, takeFileTurn } from '../../../stores/feedback-files';
import { beginCheck } from '../begin-check';
import type { Checks } from '../checks';

/**
 * Does what is due about one picture.
 * @param checks undefined while WeChat takes no more: what waits for it goes on waiting
 * @returns limited: WeChat has just said that it takes no more
 * @throws {AppError} BUSY when the storage does not answer; its turn ends by itself
 */
export async function workOnFile(
  id: string,
  checks: Checks | undefined,
  now: number,
): Promise<'done' | 'nothing' | 'limited'> {
  const file = await takeFileTurn(id, now);
  switch (file?.state) {
    case 'granted':
      await doomGranted(id, now);
      return 'done';
    case 'doomed':
      await removeDoomed([id], now);
      return 'done';
    case 'rejected':
      await removeRejected(file, now);
      return 'done';
    case 'pending':
      if (!checks) return 'nothing';
      return (await beginCheck(file, checks, now)) ? 'done' : 'limited';
    default:
      return 'nothing';
  }
}
