import type { Ticket } from '../../../../contracts/feedback';
import type { Language } from '../../../i18n/index';
import { momentText } from '../../../lib/dates';
import { say, type MessagesWords } from '../words/index';

/** A ticket of a list, ready to be shown. */
export interface TicketLine {
  id: string;
  kind: string;
  /** The beginning of what was written */
  excerpt: string;
  pictures: string;
  state: string;
  tone: 'open' | 'answered' | 'closed';
  hasNew: boolean;
  /** What WeChat's check says, where the library does not see everything */
  check: string;
  time: string;
  via: string;
}

export function ticketLine(ticket: Ticket, words: MessagesWords, language: Language): TicketLine {
  const { tickets: t, write } = words;
  const { id, kind, state, entries, unread, via } = ticket;
  const pictures = entries.reduce((sum, entry) => sum + entry.pictures.length, 0);
  return {
    id,
    kind: write.kinds[kind],
    excerpt: entries[0]?.text ?? '',
    pictures: pictures === 0 ? '' : say(t.pictures, { n: pictures }),
    state: unread ? t.newAnswer : t.states[state],
    tone: state,
    hasNew: unread,
    check: checkWords(ticket, t),
    time: momentText(entries[entries.length - 1]?.at ?? ticket.at, language),
    via: via === 'chat' ? t.viaChat : '',
  };
}

function checkWords({ entries }: Ticket, t: MessagesWords['tickets']): string {
  const checked = entries.flatMap((entry) => [entry, ...entry.pictures]);
  if (checked.some(({ check }) => check === 'rejected')) return t.rejected;
  const pending = checked.filter(({ check }) => check === 'pending');
  if (pending.length === 0) return '';
  // what the reader has to send again goes before what comes by itself
  return pending.some(({ lapsed }) => lapsed === true) ? t.lapsed : t.pending;
}
