import type { Ticket } from '../../../contracts/feedback';
import type { InboxItem, InboxOutput, MessageSettingsOutput } from '../../../contracts/messages/actions';
import type { MessageBody } from '../../../contracts/messages/body';
import { MESSAGE_KINDS, type MessageKind } from '../../../contracts/messages/kinds';
import { dayFromNow } from './loans';

/** The id of an invented template; recalled and cannotRenew share one. */
export const templateOf = (kind: MessageKind): string =>
  `template-${kind === 'cannotRenew' ? 'recalled' : kind}`.padEnd(24, '0');

type KindSetting = MessageSettingsOutput['kinds'][number];

/** As a library that has set up all templates, where nothing was allowed yet. */
export function messageSettings(
  kinds: Partial<Record<MessageKind, Partial<KindSetting>>> = {},
  change: Partial<MessageSettingsOutput> = {},
): MessageSettingsOutput {
  return {
    kinds: MESSAGE_KINDS.map((kind) => ({
      kind,
      on: true,
      template: templateOf(kind),
      credits: 0,
      ...kinds[kind],
    })),
    quiet: { from: '22:00', until: '08:00' },
    asking: 'always',
    ...change,
  };
}

/** The same without any template: everything stays in the inbox. */
export const noTemplates = (): MessageSettingsOutput => ({
  ...messageSettings(),
  kinds: MESSAGE_KINDS.map((kind) => ({ kind, on: true })),
});

export const dueSoon = (titles: string[] = ['红楼梦'], total = titles.length): MessageBody => ({
  kind: 'dueSoon',
  total,
  books: titles.map((title, at) => ({ title, loanId: `l${at}`, dueAt: dayFromNow(3) })),
});

export function message(change: Partial<InboxItem> & { id: string }): InboxItem {
  const at = new Date().toISOString();
  return { at, asOf: at, body: dueSoon(), read: false, delivery: 'sent', ...change };
}

export function inbox(items: InboxItem[], change: Partial<InboxOutput> = {}): InboxOutput {
  return { items, unread: items.filter(({ read }) => !read).length, ...change };
}

export const TICKET = 'ticket-0123456789';

export function ticket(change: Partial<Ticket> = {}): Ticket {
  const at = new Date().toISOString();
  return {
    id: TICKET,
    kind: 'question',
    state: 'open',
    via: 'app',
    at,
    entries: [{ from: 'reader', at, text: '自习室几点开门？', check: 'passed', pictures: [] }],
    unread: false,
    ...change,
  };
}
