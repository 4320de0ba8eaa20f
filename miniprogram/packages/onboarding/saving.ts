import { asFault, call } from '../../services/api';
import { keepAnswers, keptAnswers } from '../../services/kept-answers';
import { SaveQueue } from './paper/save-queue';
import { serverClock } from './server-clock';

let running: { attemptId: string; queue: SaveQueue } | undefined;

/**
 * The one queue that sends the answers of a paper, whichever page is open: two of them could put an older
 * answer over a newer one. It begins with what this phone has kept of the paper.
 */
export function savingOf(attemptId: string): SaveQueue {
  if (running?.attemptId === attemptId) return running.queue;
  void running?.queue.stop();
  const queue = new SaveQueue(
    {
      send: async (answers) => {
        const asked = serverClock.asking();
        const { saved, now } = await call('onboarding.answer', { attemptId, answers });
        serverClock.heard(now, asked);
        return saved;
      },
      keep: (waiting) => keepAnswers(attemptId, waiting),
      isPassing: (error) => asFault(error).retryable || asFault(error).code === 'BUSY',
    },
    keptAnswers(attemptId),
  );
  running = { attemptId, queue };
  return queue;
}

/** To be called when a paper has been handed in. */
export function endSaving(attemptId: string): void {
  if (running?.attemptId !== attemptId) return;
  void running.queue.stop();
  running = undefined;
}
