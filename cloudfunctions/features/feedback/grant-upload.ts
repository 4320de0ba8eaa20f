import type * as v from 'valibot';
import type { FeedbackUploadInput, FeedbackUploadOutput } from '../../../contracts/feedback';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { grantPath } from '../../stores/feedback-files';
import { countCall } from '../../stores/rates';

/** Where the caller's phone may put one picture. */
export async function grantUpload(
  context: Context,
  { type }: v.InferOutput<typeof FeedbackUploadInput>,
): Promise<v.InferOutput<typeof FeedbackUploadOutput>> {
  const { openid } = context;
  const now = context.now();
  await countCall(openid, 'feedback.upload', now);
  const cloudPath = await grantPath(context.desk().lookup, openid, type, now);
  if (cloudPath === undefined) throw new AppError('BUSY', 'too many pictures that were not sent', true);
  return { cloudPath };
}
