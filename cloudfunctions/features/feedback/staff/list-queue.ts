import type { Context } from '../../../runtime/context';
import { timestamp } from '../../../runtime/format-time';
import { writeAudit } from '../../../stores/audit';
import { countQueue, findForStaff, listQueue } from '../../../stores/feedback-desk';
import type { StaffInput, StaffOutput } from './staff-input';
import { aboutOf } from './to-staff-ticket';

const PAGE = 20;

export async function listTicketsForStaff(
  context: Context,
  { by, list, after }: StaffInput<'feedback.list'>,
): Promise<StaffOutput<'feedback.list'>> {
  await writeAudit({ by, action: 'feedback.list', details: { list } }, context.now());
  const [queue, open, review] = await Promise.all([
    listQueue(list, after, PAGE + 1),
    countQueue('open'),
    countQueue('review'),
  ]);
  const page = queue.slice(0, PAGE);
  const found = await Promise.all(page.map(({ id }) => findForStaff(id)));
  return {
    // what was removed meanwhile is not there any more
    items: found
      .filter((ticket) => ticket !== undefined)
      .map((ticket) => {
        const { _id, kind, state, via, at, queue: place } = ticket;
        const about = aboutOf(context.desk(), ticket);
        const since = timestamp(Date.parse(place.split(' ')[0]!));
        return { id: _id, kind, state, via, at: timestamp(at), since, about };
      }),
    ...(queue.length > PAGE && { next: page.at(-1)!.queue }),
    counts: { open, review },
  };
}
