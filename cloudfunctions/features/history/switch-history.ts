import type { HistoryOutput } from '../../../contracts/personal';
import { requireBinding } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { switchHistoryOn } from '../../stores/bindings';
import { stopSeeing } from '../../stores/seen-loans';
import { listHistory } from './list-history';

/** Switched off, nothing more is kept, and what was kept goes: it was there by the reader's leave only. */
export async function switchHistory(context: Context, { on }: { on: boolean }): Promise<HistoryOutput> {
  const binding = await requireBinding(context);
  if (on && binding.historySince === undefined) await switchHistoryOn(binding, context.now());
  if (!on) await stopSeeing(binding, context.now());
  return listHistory(context, { page: 1, pageSize: 20 });
}
