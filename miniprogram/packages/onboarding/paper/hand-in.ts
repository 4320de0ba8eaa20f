import type { Paper } from '../../../../contracts/onboarding/index';
import { call } from '../../../services/api';
import { deskChanged } from '../../../services/desk-changes';
import { keepAnswers, keptAnswers } from '../../../services/kept-answers';
import { replaceWithOnboarding } from '../../../services/navigate';
import { forgetPaper } from '../../../services/open-paper';
import { endSaving } from '../saving';
import type { SaveQueue } from './save-queue';

/**
 * Hands a paper in with whatever has not arrived, and shows the result in the place of the page. What came too late
 * stays on the phone for the result to tell. Handing in twice is the same as once.
 * @param isOver the reader did not hand it in: the time was over
 * @throws ApiFault
 */
export async function handIn(paper: Paper, queue: SaveQueue | null, isOver: boolean): Promise<void> {
  const { attemptId } = paper;
  const answers = { ...keptAnswers(attemptId), ...queue?.unsent };
  const { late } = await call('onboarding.submit', { attemptId, answers });
  if (!late) keepAnswers(attemptId, {});
  endSaving(attemptId);
  forgetPaper();
  deskChanged();
  replaceWithOnboarding('result', { attemptId, ...(isOver ? { over: '1' } : {}) });
}
