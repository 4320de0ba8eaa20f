import type { Bib } from '../../../contracts/catalog';
import type { Context } from '../../runtime/context';
import { requireCapability, requireFound } from '../../runtime/require';

export async function showBib(context: Context, { bibId }: { bibId: string }): Promise<Bib> {
  const { catalog } = await context.library();
  return requireFound(await requireCapability(catalog, 'catalogue').bib(bibId), 'title');
}
