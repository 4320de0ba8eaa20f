import type { MessageBody } from '../../../../contracts/messages/body';
import { zonedTimestampOf } from '../../../../library-systems/zoned-time';
import { cleanText } from './clean-text';
import { WORDS, type Language } from './message-words';

/** What fills a template beside the message itself. */
export interface Filling {
  language: Language;
  /** What the library is called. */
  libraryName: string;
  /** IANA name of the library's. */
  timeZone: string;
  /** When the message is told, ms since the epoch. */
  at: number;
}

/** A day of the library's, and the time where there is one, `HH:MM`. */
export interface When {
  date: string;
  time?: string;
}

/** What the message is about, whole; `total` counts the books. */
export function subjectOf(body: MessageBody, language: Language): { title: string; total: number } {
  const words = WORDS[language];
  switch (body.kind) {
    case 'feedbackAnswered':
      return { title: cleanText(body.about) || words.noTitle, total: 1 };
    case 'onboardingResult':
      return { title: words.onboarding, total: 1 };
    case 'reportReady':
      return { title: words.report(body.season), total: 1 };
    default:
      return { title: cleanText(body.books[0]?.title ?? '') || words.noTitle, total: body.total };
  }
}

/** Whether `title` is the title of a book, which is marked as such. */
export const namesBooks = ({ kind }: MessageBody): boolean =>
  kind !== 'feedbackAnswered' && kind !== 'onboardingResult' && kind !== 'reportReady';

/**
 * When the first of the books is due or no longer waits.
 * @returns undefined where the library does not say until when it waits
 */
export function deadlineOf(body: MessageBody): When | undefined {
  switch (body.kind) {
    case 'recalled':
    case 'dueSoon':
    case 'overdue':
    case 'cannotRenew':
      return earliest(body.books.map(({ dueAt }) => whenOf(dueAt)));
    case 'holdReady':
    case 'holdExpiring':
      return earliest(
        body.books.flatMap(({ readyUntil }) => (readyUntil === undefined ? [] : [whenOf(readyUntil)])),
      );
    default:
      return undefined;
  }
}

/** Whether a message of this kind has a deadline, told by the library or not. */
export const hasDeadline = (body: MessageBody): boolean => namesBooks(body) && body.kind !== 'backOnShelf';

/** Its clocks' time is in the text itself. */
const whenOf = (dueAt: string): When => ({
  date: dueAt.slice(0, 10),
  ...(dueAt.length > 10 && { time: dueAt.slice(11, 16) }),
});

/** The end of a day where no time is named. */
const endOf = ({ date, time = '24:00' }: When): string => `${date} ${time}`;

const earliest = (all: When[]): When | undefined =>
  all.reduce<When | undefined>(
    (first, one) => (first === undefined || endOf(one) < endOf(first) ? one : first),
    undefined,
  );

/** When the message is told, by the library's clocks. */
export const toldAt = ({ at, timeZone }: Filling): When => whenOf(zonedTimestampOf(at, timeZone));

/** Where it is; undefined where nothing is known of it. */
export function placeOf(body: MessageBody, filling: Filling): string | undefined {
  const named = placesOf(body)?.map((place) => cleanText(place ?? ''));
  if (!named) return cleanText(filling.libraryName) || WORDS[filling.language].library;
  const places = new Set(named);
  if (places.size > 1) return WORDS[filling.language].places;
  return named[0] || undefined;
}

function placesOf(body: MessageBody): (string | undefined)[] | undefined {
  if (body.kind === 'holdReady' || body.kind === 'holdExpiring')
    return body.books.map(({ pickup }) => pickup);
  if (body.kind === 'backOnShelf') return body.books.map(({ place }) => place);
  return undefined;
}
