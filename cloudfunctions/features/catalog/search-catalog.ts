import type { SearchInput, SearchOutput } from '../../../contracts/catalog';
import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';

export async function searchCatalog(context: Context, query: SearchInput): Promise<SearchOutput> {
  const { catalog } = await context.library();
  return requireCapability(catalog, 'catalogue').search(query);
}
