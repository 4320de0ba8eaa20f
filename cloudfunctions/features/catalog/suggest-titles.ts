import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';

export async function suggestTitles(
  context: Context,
  { text }: { text: string },
): Promise<{ suggestions: string[] }> {
  const { catalog } = await context.library();
  const suggest = requireCapability(catalog?.suggest, 'suggestions');
  return { suggestions: await suggest(text) };
}
