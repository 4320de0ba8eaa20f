import type { PageInput } from '../../../contracts/fields';
import type { HistoryOutput } from '../../../contracts/personal';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { countRead } from '../../stores/rates';
import { findOptedIn, readHistory } from './read-history';

export async function listHistory(context: Context, page: PageInput): Promise<HistoryOutput> {
  const binding = await findOptedIn(context);
  if (binding?.historySince === undefined) {
    return { on: false, source: 'none', items: [], total: 0, page: page.page };
  }
  await countRead(context.openid, context.now());
  const history = await readHistory(context, binding, page);
  return { on: true, since: timestamp(binding.historySince), page: page.page, ...history };
}
