import type { BibPage } from '../../../contracts/catalog';
import type { PageInput } from '../../../contracts/fields';
import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';

export async function listNewBooks(context: Context, page: PageInput): Promise<BibPage> {
  const { catalog } = await context.library();
  return requireCapability(catalog?.newBooks, 'list of new books')(page);
}
