import type { RelatedBibs } from '../../../contracts/catalog';
import type { Context } from '../../runtime/context';
import { requireCapability, requireFound } from '../../runtime/require';

export async function listRelatedBibs(context: Context, { bibId }: { bibId: string }): Promise<RelatedBibs> {
  const { catalog } = await context.library();
  return requireFound(await requireCapability(catalog?.related, 'related titles')(bibId), 'title');
}
