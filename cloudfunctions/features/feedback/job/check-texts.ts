import type { Desk } from '../../../runtime/context';
import { changeTicket, takeTicketTurn, withVerdict } from '../../../stores/feedback';
import { judgeFilesIn, rejectFilesIn } from '../../../stores/feedback-files';
import { textsOf, type EntryRecord } from '../../../stores/feedback-ticket';
import { isLapsed, nextTry, type Checks, type TextVerdict } from '../checks';

const MEANS: Partial<Record<TextVerdict, EntryRecord['check']>> = {
  pass: 'passed',
  review: 'review',
  risky: 'rejected',
};

/** Asks for the checks of a ticket's texts that could not be had. @returns limited: WeChat takes no more for now */
export async function checkTexts(
  desk: Desk,
  id: string,
  checks: Checks,
  now: number,
): Promise<'done' | 'nothing' | 'limited'> {
  const ticket = await takeTicketTurn(id, now);
  if (!ticket) return 'nothing';
  const texts = textsOf(desk, ticket);
  const verdicts = new Map<number, Partial<Pick<EntryRecord, 'check' | 'lapsed'>>>();
  let isLimited = false;
  for (const [place, entry] of ticket.entries.entries()) {
    if (entry.check !== 'pending' || entry.lapsed === true) continue;
    const text = texts[place] ?? '';
    // one that does not open any more cannot be checked
    const verdict: TextVerdict =
      isLimited || text === '' ? 'unavailable' : await checks.checkText(ticket.owner, text);
    isLimited ||= verdict === 'limited';
    const check = MEANS[verdict];
    if (check) verdicts.set(place, { check });
    else if (isLapsed(entry.at, now)) verdicts.set(place, { lapsed: true });
  }
  await changeTicket(id, async (found, tables) => {
    let changed = { ...found, tries: found.tries + 1, due: nextTry(found.tries, now) };
    for (const [place, verdict] of verdicts) {
      // decided meanwhile, it stays so
      const entry = changed.entries[place];
      if (entry?.check !== 'pending') continue;
      changed = { ...withVerdict(changed, place, verdict), due: changed.due };
      if (verdict.check !== 'rejected') continue;
      // what waits for a human goes with them, too
      const files = { ticket: id, ids: entry.pictures, pass: false };
      const { waits: pictureReview } = await judgeFilesIn(tables, files, now);
      await rejectFilesIn(tables, entry.pictures, now);
      changed = { ...changed, pictureReview };
    }
    return changed;
  });
  return isLimited ? 'limited' : 'done';
}
