import type { InboxItem, MessageSettingsOutput } from '../../../../contracts/messages/actions';
import type { MessageKind } from '../../../../contracts/messages/kinds';
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
  /** How old what it tells was, where that is not the time at which it was told */
  asOf: string;
  /** Where a tap leads, in words; empty where its books lead by themselves */
  lead: string;
  delivery: string;
  /** Its kind is off, and can be switched on again */
  canSwitchOn: boolean;
  isChosen: boolean;
  /** All of it for a screen reader */
  label: string;
}

/** What the list is drawn with. */
export interface InboxState {
  chosen: readonly string[];
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
  const switchable = newestSwitchedOff(items, state.settings);
  return items.map((item, at) => {
    const told = messageWords(item.body, words, texts, language);
    const day = today(new Date(item.at));
    const before = items[at - 1];
    const isFirst = before === undefined || today(new Date(before.at)) !== day;
    const place = placeOf(item.body);
    const time = momentText(item.at, language, new Date(item.at));
    const facts = told.facts.map((fact) => [fact.title, fact.words, fact.quote].filter(Boolean).join(' '));
    const asOf = momentText(item.asOf, language, new Date(item.at));
    const lead = place === undefined ? '' : t.leads[place];
    return {
      ...told,
      id: item.id,
      head: isFirst ? dayHead(day, t, language) : '',
      time,
      isRead: item.read,
      asOf: told.hasAsOf && asOf !== time ? fill(t.asOf, { time: asOf }) : '',
      lead,
      delivery: (t.delivery as Partial<typeof t.delivery>)[item.delivery] ?? '',
      canSwitchOn: switchable.has(item.id),
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

/** Where the way to the switch is shown: once for each kind that is off, not beside each of its messages. */
function newestSwitchedOff(
  items: readonly InboxItem[],
  settings: MessageSettingsOutput | undefined,
): Set<string> {
  const off = (settings?.kinds ?? []).filter(({ on, refused }) => !on || refused === true);
  const found = off.map(({ kind }) =>
    items.find(({ body, delivery }) => body.kind === kind && delivery === 'switchedOff'),
  );
  return new Set(found.flatMap((item) => item?.id ?? []));
}

/** Of what did not reach WeChat because nothing was allowed: the kinds that still are not. */
export function kindsToAllow(
  items: readonly InboxItem[],
  settings: MessageSettingsOutput | undefined,
): MessageKind[] {
  const kinds = items.filter(({ delivery }) => delivery === 'noCredit').map(({ body }) => body.kind);
  return [...new Set(kinds)].filter((kind) => {
    const found = settings?.kinds.find((one) => one.kind === kind);
    return found?.template !== undefined && found.on && found.refused !== true && (found.credits ?? 0) === 0;
  });
}
