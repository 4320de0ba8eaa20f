import { createHash } from 'node:crypto';
import type { Context } from '../../../runtime/context';
import { HOME_TIME_ZONE, localDate } from '../../../runtime/format-time';
import { requireFound } from '../../../runtime/require';
import { loadBank } from '../../../stores/onboarding-banks';
import { readRules } from '../../../stores/onboarding-settings';
import { drawPaper, factsInTime } from '../draw-paper';
import { toPaperItem } from '../to-wire';
import type { StaffInput, StaffOutput } from './staff-input';

/** A paper as a reader might get it, with its key. */
export async function previewPaper(
  context: Context,
  { seed }: StaffInput<'onboarding.preview'>,
): Promise<StaffOutput<'onboarding.preview'>> {
  const { version } = requireFound((await readRules()).bank, 'bank');
  const [bank, facts] = await Promise.all([loadBank(version), factsInTime(context)]);
  const paper = drawPaper({
    bank,
    facts,
    // of whichever reader the library's policy names first
    readerType: facts.policy?.limits[0]?.readerType,
    seen: [],
    campus: undefined,
    date: localDate(context.now(), HOME_TIME_ZONE),
    seed: createHash('sha256').update(seed).digest(),
  });
  return {
    version,
    items: requireFound(paper, 'paper').map((drawn) => ({
      ...toPaperItem(drawn),
      id: drawn.item.id,
      right: drawn.item.answer.map((id) => drawn.order.indexOf(id)),
    })),
  };
}
