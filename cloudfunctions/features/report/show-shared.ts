import type * as v from 'valibot';
import type { SharedInput, SharedOutput } from '../../../contracts/report/actions';
import { boundByMinute } from '../../runtime/bound-by-minute';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { findShared } from '../../stores/report-shares';
import { findPublished } from './find-published';

/** A link may go round, and in the timeline nobody has an identity; 128 random bits are not guessed at this pace. */
const count = boundByMinute({ anybody: 1_200, one: 60 });

/** What the owner of a report shows to whoever has the link. */
export async function showShared(
  context: Context,
  { token }: v.InferOutput<typeof SharedInput>,
): Promise<v.InferOutput<typeof SharedOutput>> {
  count(context);
  const { season, shared } = requireFound(await findShared(token), 'link');
  await findPublished(context.now(), season);
  return shared;
}
