import type * as v from 'valibot';
import type { ReportHideInput, ReportHideOutput } from '../../../contracts/report/actions';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { countCall } from '../../stores/rates';
import { changeShown } from '../../stores/report-shares';
import { reportIdOf } from '../../stores/reports';
import { chooseShown } from './choose-shown';
import { posterOf } from './engine/show-to-others';
import { findPublished } from './find-published';
import { requireReport } from './require-report';

/** Hides a card, from others too, or shows it to its owner again; others see it again only when it is shared again. */
export async function hideCard(
  context: Context,
  { season, card, hidden: hide }: v.InferOutput<typeof ReportHideInput>,
): Promise<v.InferOutput<typeof ReportHideOutput>> {
  const { openid } = context;
  const now = context.now();
  await countCall(openid, 'report.write', now);
  await findPublished(now, season);
  const desk = context.desk();
  const changed = await changeShown(
    desk,
    reportIdOf(openid, season),
    (document) => {
      const report = requireReport(desk, document);
      const others = document.hidden.filter((kind) => kind !== card);
      const hidden = hide ? [...others, card] : others;
      const shown = chooseShown(report, hidden, document.link?.cards);
      return { ...shown, poster: posterOf(report, hidden) };
    },
    now,
  );
  const { hidden, poster } = requireFound(changed, 'report').shown;
  return { hidden, poster };
}
