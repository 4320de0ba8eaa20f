import type { Context } from '../../../runtime/context';
import { listEndedTickets, listUnchecked, removeEnded } from '../../../stores/feedback';
import { listDueFiles } from '../../../stores/feedback-files';
import type { Checks } from '../checks';
import { checkTexts } from './check-texts';
import { workOnFile } from './work-on-file';

/** How many of each are done at one beat: WeChat bounds how often it is asked, and there is another beat in a minute. */
const TEXTS = 20;
const FILES = 50;
const ENDED = 50;
/** Then the storage is away, and the next beat goes on. */
const MOST_FAILURES = 3;

/**
 * Asks for checks that could not be had, or gave no verdict; removes pictures that nobody wants any more, and tickets
 * whose time is over.
 * @returns how many there were of each
 */
export async function lookAfterFeedback(
  context: Pick<Context, 'desk' | 'now'>,
  checks: Checks,
  time: { isLeft(): boolean },
): Promise<Record<string, number>> {
  const desk = context.desk();
  const counts = { 'feedback.texts': 0, 'feedback.files': 0, 'feedback.ended': 0 };
  for (const id of await listEndedTickets(context.now(), ENDED)) {
    if (!time.isLeft()) return counts;
    if (await removeEnded(desk, id, context.now())) counts['feedback.ended']++;
  }
  // when WeChat takes no more, nothing else is asked of it at this beat
  let isOpen = true;
  for (const id of await listUnchecked(context.now(), TEXTS)) {
    if (!time.isLeft()) return counts;
    const checked = await checkTexts(desk, id, checks, context.now());
    if (checked !== 'nothing') counts['feedback.texts']++;
    isOpen = checked !== 'limited';
    if (!isOpen) break;
  }
  const failures: unknown[] = [];
  for (const id of await listDueFiles(context.now(), FILES)) {
    if (!time.isLeft() || failures.length >= MOST_FAILURES) break;
    try {
      const worked = await workOnFile(id, isOpen ? checks : undefined, context.now());
      if (worked === 'limited') isOpen = false;
      if (worked !== 'nothing') counts['feedback.files']++;
    } catch (error) {
      // one of them must not keep the others waiting
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return counts;
}
