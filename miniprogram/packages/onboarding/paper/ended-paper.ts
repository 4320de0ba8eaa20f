import type { OverviewOutput } from '../../../../contracts/onboarding/index';
import { asFault, call } from '../../../services/api';
import { deskChanged } from '../../../services/desk-changes';
import { keepAnswers, keptAnswers } from '../../../services/kept-answers';
import { forgetPaper, rememberedPaper, rememberPaper } from '../../../services/open-paper';
import { endSaving } from '../saving';

/** A paper that is not open any more; `isOver`: because of its time, not because somebody handed it in. */
export interface EndedPaper {
  attemptId: string;
  isOver: boolean;
}

/**
 * Looks whether a paper that this phone had open ended while nobody looked, and sees that it is handed in. Told
 * once: it is forgotten then.
 * @throws ApiFault when that could not be asked
 */
export async function endedPaper(
  overview: Pick<OverviewOutput, 'open' | 'now'>,
): Promise<EndedPaper | undefined> {
  if (overview.open !== undefined) return undefined;
  forgetHandedIn(overview.now);
  const known = rememberedPaper();
  if (known === undefined) return undefined;
  const { attemptId, endsAt } = known;
  try {
    const { late, submittedAt } = await call('onboarding.submit', {
      attemptId,
      answers: keptAnswers(attemptId),
    });
    // what came too late stays for the result to tell
    if (!late) keepAnswers(attemptId, {});
    endSaving(attemptId);
    forgetPaper();
    deskChanged();
    return { attemptId, isOver: Date.parse(submittedAt) >= Date.parse(endsAt) };
  } catch (error) {
    // of another card, or erased
    if (asFault(error).code !== 'NOT_FOUND') throw error;
    forgetPaper();
    return undefined;
  }
}

/** A paper that is not open though it has time left was handed in on another phone: the overview has its result. */
function forgetHandedIn(now: string): void {
  const known = rememberedPaper();
  if (known !== undefined && Date.parse(known.endsAt) > Date.parse(now)) forgetPaper();
}

/** Keeps on the phone what the server has just told of an open paper. */
export function noteOpenPaper({ open, now }: Pick<OverviewOutput, 'open' | 'now'>): void {
  if (open === undefined) {
    forgetHandedIn(now);
    return;
  }
  const unsent = Object.keys(keptAnswers(open.attemptId)).length;
  const known = rememberedPaper();
  const here = known?.attemptId === open.attemptId && unsent > 0 ? known.answered : 0;
  rememberPaper({ ...open, answered: Math.max(open.answered, here) });
}
