import type { StaffOutput } from '../../staff/call-staff';
import { timeAtHome } from '../../staff/local-time';
import { both, number } from '../../staff/says';
import { printable } from '../../staff/printable';
import { requireList } from '../arguments';
import type { Order } from './order';
import { CHAT, KINDS, STATES } from './words';

type Item = StaffOutput<'feedback.list'>['items'][number];

/** `list [LIST]`: all of it, page by page. */
export const listTickets: Order = async ({ args, call, out, tell }) => {
  const list = requireList(args);
  const items: Item[] = [];
  let page: StaffOutput<'feedback.list'> | undefined;
  do {
    page = await call('feedback.list', {
      by: args.by,
      list,
      ...(page?.next !== undefined && { after: page.next }),
    });
    items.push(...page.items);
  } while (page.next !== undefined);
  const { open, review } = page.counts;
  if (args.json) out(JSON.stringify({ items, counts: page.counts }, null, 2));
  else {
    for (const item of items) for (const line of describeItem(item)) out(line);
    if (items.length === 0) out(both({ en: 'none', zh: '没有' }));
  }
  tell(
    both({
      en: `${number(open, 'ticket')} to answer, ${review} to judge`,
      zh: `待回复 ${open} 个，待人工判断 ${review} 个`,
    }),
  );
  return 0;
};

function* describeItem({ id, kind, state, via, since, about }: Item): Generator<string> {
  const chat = via === 'chat' ? `, ${both(CHAT)}` : '';
  yield `${id}  ${both(KINDS[kind])}, ${both(STATES[state])}${chat}`;
  yield `  ${timeAtHome(since)}  ${printable(about, 60)}`;
}
