import type { InboxItem, MessageSettingsOutput } from '../../../../contracts/messages/actions';
import { fill, type Language, type Texts } from '../../../i18n/index';
import { dayText, daysUntil, momentText, today } from '../../../lib/dates';
import type { MessagesWords } from '../words/index';
import { placeOf } from './lead-to';
import { messageWords, type MessageWords } from './message-words';

/** A message, ready to be shown. */
export interface MessageLine extends MessageWords {
  id: string;
  /** The day, where this message is the first of it; else empty */
  head: string;
  time: string;
  isRead: boolean;
  asOf: string;
  /** Where a tap leads, in words; empty where its books lead by themselves */
  lead: string;
  delivery: string;
  /** What can be done so that the next one reaches WeChat */
  remedy: 'allow' | 'switchOn' | '';
  remedyWords: string;
  isChosen: boolean;
  /** All of it for a screen reader */
  label: string;
}

/** What the list is drawn with. */
export interface InboxState {
  chosen: readonly string[];
  /** What WeChat said after a tap on a message, by its id */
  told: Readonly<Record<string, string>>;
  settings: MessageSettingsOutput | undefined;
}

export function messageLines(
  items: readonly InboxItem[],
  state: InboxState,
  words: MessagesWords,
  texts: Texts,
  language: Language,
): MessageLine[] {
  const { inbox: t } = words;
  return items.map((item, at) => {
    const told = messageWords(item.body, words, texts, language);
    const day = today(new Date(item.at));
    const before = items[at - 1];
    const isFirst = before === undefined || today(new Date(before.at)) !== day;
    const place = placeOf(item.body);
    const time = momentText(item.at, language, new Date(item.at));
    const facts = told.facts.map((fact) => [fact.title, fact.words, fact.quote].filter(Boolean).join(' '));
    const lead = place === undefined ? '' : t.leads[place];
    return {
      ...told,
      id: item.id,
      head: isFirst ? dayHead(day, t, language) : '',
      time,
      isRead: item.read,
      asOf: told.hasAsOf ? fill(t.asOf, { time: momentText(item.asOf, language, new Date(item.at)) }) : '',
      lead,
      ...deliveryWords(item, state, t),
      isChosen: state.chosen.includes(item.id),
      label: [
        item.read ? '' : t.unread,
        told.title,
        ...facts,
        told.more,
        told.hint,
        dayHead(day, t, language),
        time,
        lead,
      ]
        .filter((part) => part !== '')
        .join(', '),
    };
  });
}

function dayHead(day: string, t: MessagesWords['inbox'], language: Language): string {
  const days = daysUntil(day);
  if (days === 0) return t.today;
  return days === -1 ? t.yesterday : dayText(day, language);
}

/** A word of it only where it helps: one more can be allowed, or the kind be switched on again. */
function deliveryWords(
  { id, body, delivery }: InboxItem,
  { told, settings }: InboxState,
  t: MessagesWords['inbox'],
): Pick<MessageLine, 'delivery' | 'remedy' | 'remedyWords'> {
  const none = { remedy: '', remedyWords: '' } as const;
  if (told[id] !== undefined) return { delivery: told[id], ...none };
  const words = (t.delivery as Partial<typeof t.delivery>)[delivery] ?? '';
  const kind = settings?.kinds.find((one) => one.kind === body.kind);
  if (delivery === 'noCredit' && kind?.template !== undefined && kind.on && (kind.credits ?? 0) === 0)
    return { delivery: words, remedy: 'allow', remedyWords: t.allowOne };
  if (delivery === 'switchedOff' && kind !== undefined && (!kind.on || kind.refused === true))
    return { delivery: words, remedy: 'switchOn', remedyWords: t.switchOn };
  return { delivery: words, ...none };
}
