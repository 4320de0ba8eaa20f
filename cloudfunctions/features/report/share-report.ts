import type * as v from 'valibot';
import type { ReportShareInput, ReportShareOutput } from '../../../contracts/report/actions';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { countCall } from '../../stores/rates';
import { changeShown } from '../../stores/report-shares';
import { reportIdOf } from '../../stores/reports';
import { chooseShown } from './choose-shown';
import { findPublished } from './find-published';
import { requireReport } from './require-report';

/** Opens a link to some cards of a report, or changes which the open one shows. */
export async function shareReport(
  context: Context,
  { season, cards }: v.InferOutput<typeof ReportShareInput>,
): Promise<v.InferOutput<typeof ReportShareOutput>> {
  const { openid } = context;
  const now = context.now();
  await countCall(openid, 'report.write', now);
  await findPublished(now, season);
  const desk = context.desk();
  const changed = await changeShown(
    desk,
    reportIdOf(openid, season),
    (document) => {
      const shown = chooseShown(requireReport(desk, document), document.hidden, cards);
      if (!shown.link) throw new AppError('BAD_REQUEST', 'none of these cards can be shared');
      return { ...shown, link: shown.link };
    },
    now,
  );
  const { shown, token } = requireFound(changed, 'report');
  return { token: requireFound(token, 'link'), cards: shown.link.cards };
}
