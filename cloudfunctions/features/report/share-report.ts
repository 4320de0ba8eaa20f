import type * as v from 'valibot';
import type { ReportShareInput, ReportShareOutput } from '../../../contracts/report/actions';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { changeOwn } from './change-own';
import { chooseShown } from './choose-shown';

/** Opens a link to some cards of a report, or changes which the open one shows. */
export async function shareReport(
  context: Context,
  { season, cards }: v.InferOutput<typeof ReportShareInput>,
): Promise<v.InferOutput<typeof ReportShareOutput>> {
  const { shown, token } = await changeOwn(context, season, (document, report) => {
    const chosen = chooseShown(report, document.hidden, cards);
    if (!chosen.link) throw new AppError('BAD_REQUEST', 'none of these cards can be shared');
    return { ...chosen, link: chosen.link };
  });
  return { token: requireFound(token, 'link'), cards: shown.link.cards };
}
