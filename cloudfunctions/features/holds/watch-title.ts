import type * as v from 'valibot';
import { MAX_WATCHES, type WatchesOutput, type WatchInput } from '../../../contracts/holds';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { requireCapability, requireFound } from '../../runtime/require';
import { watchErasures } from '../../stores/erasures';
import { countCall } from '../../stores/rates';
import { addWatch, findWatches, removeWatch, type Watch } from '../../stores/watches';

type Watches = v.InferOutput<typeof WatchesOutput>;

/**
 * Keeps or drops a title about which the reader wants to be told. A wish of the
 * WeChat identity, not of the card: no card need be bound.
 */
export async function watchTitle(
  context: Context,
  { bibId, on }: v.InferOutput<typeof WatchInput>,
): Promise<Watches> {
  const { openid } = context;
  if (!on) {
    await countCall(openid, 'holds.watch', context.now());
    return show(await removeWatch(openid, bibId));
  }
  const erasures = await watchErasures(context.desk().lookup, openid);
  await countCall(openid, 'holds.watch', context.now());
  const catalog = requireCapability((await context.library()).catalog, 'catalogue');
  const { title } = requireFound(await catalog.bib(bibId), 'title');
  const watches = await addWatch(openid, { bibId, title, since: context.now() });
  if (!watches) throw new AppError('BAD_REQUEST', `at most ${MAX_WATCHES} titles can be watched`);
  await erasures.requireNone(() => removeWatch(openid, bibId));
  return show(watches);
}

export async function listWatches(context: Context): Promise<Watches> {
  return show(await findWatches(context.openid));
}

const show = (watches: readonly Watch[]): Watches => ({
  watches: watches.map(({ bibId, title, since }) => ({ bibId, title, since: timestamp(since) })),
});
