import type { MessageBody } from '../../../../contracts/messages/body';
import {
  fieldTypeOf,
  type FieldType,
  type MessageTemplate,
  type TemplateValue,
} from '../../../../contracts/messages/templates';
import { cleanText, shorten } from './clean-text';
import { adviceOf, stateOf, WORDS } from './message-words';
import { pageOf } from './page-of';
import {
  deadlineOf,
  hasDeadline,
  namesBooks,
  placeOf,
  subjectOf,
  toldAt,
  type Filling,
  type When,
} from './value-of';

/** Characters that a field takes; source: subscribeMessage.send. */
const MOST = { thing: 20, character_string: 32, hanName: 10, name: 20 };

export interface FilledTemplate {
  /** Field → what stands in it, as `subscribeMessage.send` takes it. */
  data: Record<string, { value: string }>;
  /** Where it leads, without leading slash. */
  page: string;
}

/** Writes a message into a template of WeChat's. Whatever the message holds, the fields are as WeChat takes them. Pure. */
export function fillTemplate(
  { fields }: Pick<MessageTemplate, 'fields'>,
  body: MessageBody,
  filling: Filling,
): FilledTemplate {
  const data = Object.entries(fields).map(([field, value]) => {
    const type = fieldTypeOf(field);
    if (type === undefined) throw new Error(`no such field: ${field}`);
    return [field, { value: WRITE[type](value, body, filling) }] as const;
  });
  return { data: Object.fromEntries(data), page: pageOf(body) };
}

type Write = (value: TemplateValue, body: MessageBody, filling: Filling) => string;

const WRITE: Record<FieldType, Write> = {
  thing: (value, body, filling) => shorten(thingOf(value, body, filling), MOST.thing),
  number: (_, body, { language }) => String(subjectOf(body, language).total),
  character_string: (value, body, filling) => {
    if (value === 'count') return String(subjectOf(body, filling.language).total);
    const { date, time } = deadlineOf(body) ?? toldAt(filling);
    return time === undefined ? date : `${date} ${time}`;
  },
  // a time of day must be there: that of the end, where it is a day that ends
  time: (_, body, filling) => {
    const when = deadlineOf(body) ?? toldAt(filling);
    return sayWhen({ time: '23:59', ...when }, filling);
  },
  date: (_, body, filling) => sayWhen(deadlineOf(body) ?? dayOnly(toldAt(filling)), filling),
  phrase: (_, body) => stateOf(body, 'zh-CN'),
  name: (value, body, filling) =>
    nameOf(value === 'place' ? placeOf(body, filling) : filling.libraryName, filling),
};

function thingOf(value: TemplateValue, body: MessageBody, filling: Filling): string {
  const { language } = filling;
  const words = WORDS[language];
  switch (value) {
    case 'title':
      return titleOf(body, filling);
    case 'count':
      return String(subjectOf(body, language).total);
    case 'date': {
      const when = deadlineOf(body) ?? (hasDeadline(body) ? undefined : dayOnly(toldAt(filling)));
      return when ? sayWhen(when, filling) : words.notTold;
    }
    case 'place':
      return placeOf(body, filling) ?? words.notTold;
    case 'state':
      return stateOf(body, language);
    case 'advice':
      return adviceOf(body, language);
    case 'library':
      return cleanText(filling.libraryName) || words.library;
  }
}

/** The title is what is shortened; the number of books is kept. */
function titleOf(body: MessageBody, { language }: Filling): string {
  const { one, more, noTitle } = WORDS[language];
  const { title, total } = subjectOf(body, language);
  if (!namesBooks(body)) return title;
  const say = (text: string): string => (total > 1 ? more(text, total, body.kind) : one(text));
  if (total === 1 && title === noTitle) return title;
  // a title that the library has put into marks itself
  const bare = /^《([^《》]+)》$/u.exec(title)?.[1] ?? title;
  return say(shorten(bare, MOST.thing - say('').length));
}

const dayOnly = ({ date }: When): When => ({ date });

function sayWhen({ date, time }: When, { language }: Filling): string {
  const [year, month, day] = date.split('-').map(Number);
  const said = language === 'en' ? date : `${year}年${month}月${day}日`;
  return time === undefined ? said : `${said} ${time}`;
}

/**
 * Ten Chinese characters or twenty letters, and no digits: a place that is not the same without them is not named at all.
 */
function nameOf(text: string | undefined, { language }: Filling): string {
  const name = cleanText(text ?? '');
  if (/^\p{Script=Han}+$/u.test(name)) return [...name].slice(0, MOST.hanName).join('');
  // Roman numerals of one sign belong to the script, yet are numbers, not letters
  if (/^(?:(?!\p{N})\p{Script=Latin}|[\p{P} ])+$/u.test(name)) return shorten(name, MOST.name);
  return WORDS[language].library;
}
