import type * as v from 'valibot';
import type { ReportHideInput, ReportHideOutput } from '../../../contracts/report/actions';
import type { Context } from '../../runtime/context';
import { changeOwn } from './change-own';
import { chooseShown } from './choose-shown';
import { posterOf } from './engine/show-to-others';

/** Hides a card, from others too, or shows it to its owner again; others see it again only when it is shared again. */
export async function hideCard(
  context: Context,
  { season, card, hidden: hide }: v.InferOutput<typeof ReportHideInput>,
): Promise<v.InferOutput<typeof ReportHideOutput>> {
  const { shown } = await changeOwn(context, season, (document, report) => {
    const others = document.hidden.filter((kind) => kind !== card);
    const hidden = hide ? [...others, card] : others;
    return { ...chooseShown(report, hidden, document.link?.cards), poster: posterOf(report, hidden) };
  });
  const { hidden, poster } = shown;
  return { hidden, poster };
}
