import type { Holdings } from '../../../contracts/catalog';
import type { Context } from '../../runtime/context';
import { requireCapability, requireFound } from '../../runtime/require';

export async function listHoldings(context: Context, { bibId }: { bibId: string }): Promise<Holdings> {
  const { catalog } = await context.library();
  return requireFound(await requireCapability(catalog, 'catalogue').holdings(bibId), 'title');
}
