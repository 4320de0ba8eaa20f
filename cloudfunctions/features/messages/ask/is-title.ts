import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { LibraryFault } from '../../../../library-systems/library-fault';

/** Longer ones are sentences. UTF-16 units. */
const LONGEST_TITLE = 40;
const LOOKED_AT = 5;

/** Whether a book bears just these words as its title; a library that is away, or has no catalogue here, knows none. */
export async function isTitle(context: Context, text: string): Promise<boolean> {
  const { normalise } = await import('../faq/normalise');
  const wanted = normalise(text);
  if (wanted === '' || text.length > LONGEST_TITLE) return false;
  try {
    const { catalog } = await context.library();
    const found = await catalog?.search({
      ...{ field: 'title', text, sort: 'relevance' },
      ...{ page: 1, pageSize: LOOKED_AT, filters: {} },
    });
    return found?.items.some(({ title }) => normalise(title) === wanted) ?? false;
  } catch (error) {
    if (error instanceof LibraryFault || error instanceof AppError) return false;
    throw error;
  }
}
