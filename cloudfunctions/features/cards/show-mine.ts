import type * as v from 'valibot';
import type { MineInput, MineOutput } from '../../../contracts/cards';
import type { Patron, Refusal } from '../../../library-systems/circulation';
import { LibraryFault } from '../../../library-systems/library-fault';
import { accessTo } from '../../readers/reader';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { findBinding, keepProfile, type OpenBinding, type Profile } from '../../stores/bindings';
import { findEndedNotice, removeNotice } from '../../stores/notices';
import { countRead } from '../../stores/rates';
import { keepUnionKey } from '../../stores/union-links';
import { toCard, toProfile } from './describe-card';

/** A card that has not changed is written again only after this long, ms. */
const KEEP_AGAIN_AFTER = 3_600_000;

/** The caller's card, and whether a binding of theirs has ended. */
export async function showMine(
  context: Context,
  { acknowledge }: v.InferOutput<typeof MineInput>,
): Promise<MineOutput> {
  const now = context.now();
  if (acknowledge !== undefined) await removeNotice(context.openid, Date.parse(acknowledge), now);
  const binding = await findBinding(context.desk(), context.openid, now);
  const endedAt = await findEndedNotice(context.openid, now);
  if (binding) {
    await countRead(context.openid, now);
    await keepUnionKey(context, binding);
  }
  const card = binding && (await describe(context, binding));
  return {
    ...(card && { card }),
    ...(endedAt !== undefined && { endedElsewhere: { at: timestamp(endedAt) } }),
  };
}

async function describe(context: Context, binding: OpenBinding): Promise<MineOutput['card']> {
  const patron = await askLibrary(context, binding);
  const now = context.now();
  if (patron && !('denied' in patron)) {
    const profile = toProfile(patron);
    await keepIfNews(context, binding, profile);
    return { ...toCard(profile, binding.boundAt), state: 'fresh', asOf: timestamp(now) };
  }
  const profile = binding.profile;
  if (!profile)
    throw new AppError('LIBRARY_UNREACHABLE', 'no card data from the library or from before', true);
  // The library serves this card no longer: that is news, while what the card was is not.
  const blocks = patron ? [patron.denied] : profile.blocks;
  return {
    ...toCard({ ...profile, blocks }, binding.boundAt),
    state: 'stale',
    asOf: timestamp(binding.profileAsOf),
  };
}

/** @returns undefined when the library cannot be asked now, or not without the reader's PIN */
async function askLibrary(context: Context, binding: OpenBinding): Promise<Patron | Refusal | undefined> {
  try {
    const library = await context.library();
    if (!library.patrons) return undefined;
    const patron = await library.patrons.patron(accessTo(library, binding));
    return patron ?? { denied: { code: 'OTHER' } };
  } catch (error) {
    if (error instanceof LibraryFault) return undefined;
    if (error instanceof AppError && error.code === 'SIGN_IN_AGAIN') return undefined;
    throw error;
  }
}

async function keepIfNews(context: Context, binding: OpenBinding, profile: Profile): Promise<void> {
  const now = context.now();
  const same = JSON.stringify(profile) === JSON.stringify(binding.profile);
  const recent = Math.abs(now - binding.profileAsOf) < KEEP_AGAIN_AFTER;
  if (!same || !recent) await keepProfile(context.desk(), binding, profile, now);
}
