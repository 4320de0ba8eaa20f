import {
  linkForCheck,
  noteAsked,
  noteNotAsked,
  noteRejected,
  type FileDocument,
} from '../../stores/feedback-files';
import { isLapsed, nextTry, type Checks } from './checks';

/** WeChat promises a verdict within half an hour; after this it is asked anew, ms. */
const VERDICT_WITHIN = 40 * 60_000;
/** How often it is asked anew. */
const MOST_UNANSWERED = 3;

/**
 * Has WeChat begin to look at a picture, for the first time or because no verdict has come.
 * @returns whether WeChat takes more for now
 * @throws {AppError} BUSY when the storage does not answer
 */
export async function beginCheck(file: FileDocument, checks: Checks, now: number): Promise<boolean> {
  const unanswered = file.unanswered + (file.trace === undefined ? 0 : 1);
  const url =
    unanswered > MOST_UNANSWERED || isLapsed(file.at, now) || file.owner === undefined
      ? undefined
      : await linkForCheck(file);
  if (url === undefined || file.owner === undefined) {
    await noteNotAsked(file, undefined);
    return true;
  }
  const asked = await checks.checkPicture(file.owner, url);
  if (typeof asked === 'object')
    await noteAsked(file, { trace: asked.trace, due: now + VERDICT_WITHIN, unanswered });
  else if (asked === 'risky') await noteRejected(file, now);
  else await noteNotAsked(file, nextTry(file.tries, now));
  return asked !== 'limited';
}
