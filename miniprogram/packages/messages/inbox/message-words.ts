import type { MessageBody } from '../../../../contracts/messages/body';
import type { MessageKind } from '../../../../contracts/messages/kinds';
import { dueWords } from '../../../components/loan-row/loan-line';
import { fill, type Language, type Texts } from '../../../i18n/index';
import { dayText } from '../../../lib/dates';
import { denialWords } from '../../../services/denial-words';
import { say, type MessagesWords } from '../words/index';

/** One thing that a message tells. */
export interface Fact {
  key: string;
  /** The book, where there are several; else it stands in the title of the message */
  title: string;
  words: string;
  /** The library's own words */
  quote: string;
  /** Of a title that is back: each leads to its own book */
  bibId: string;
}

/** What a message says, in the words of now. */
export interface MessageWords {
  icon: string;
  title: string;
  hint: string;
  facts: Fact[];
  /** How many more books there are */
  more: string;
  /** Whether it tells how things stood at the library at a certain time */
  hasAsOf: boolean;
}

const MOST_SHOWN = 5;

const ICONS: Record<MessageKind, string> = {
  recalled: 'bell',
  holdExpiring: 'clock',
  holdReady: 'queue',
  dueSoon: 'calendar',
  overdue: 'clock',
  cannotRenew: 'retry',
  backOnShelf: 'book',
  feedbackAnswered: 'chat',
  onboardingResult: 'cap',
  reportReady: 'book',
};

type Books = Extract<MessageBody, { books: unknown }>;
type Book = Books['books'][number];

export function messageWords(
  body: MessageBody,
  { inbox: t }: MessagesWords,
  texts: Texts,
  language: Language,
): MessageWords {
  // a function newer than this app may tell of more than it knows
  const icon = (ICONS as Partial<typeof ICONS>)[body.kind] ?? 'bell';
  const plain = { icon, hint: '', facts: [], more: '', hasAsOf: false };
  switch (body.kind) {
    case 'feedbackAnswered':
      return { ...plain, title: t.feedbackAnswered, hint: fill(t.about, { about: body.about }) };
    case 'onboardingResult':
      if (!body.passed) return { ...plain, title: t.notPassed, hint: t.notPassedHint };
      return body.opened
        ? { ...plain, title: t.passedOpened }
        : { ...plain, title: t.passed, hint: t.passedHint };
    case 'reportReady':
      return { ...plain, title: reportTitle(body.season, t, texts) };
    default:
      return 'books' in body
        ? { ...plain, ...booksWords(body, t, texts, language), hasAsOf: true }
        : { ...plain, title: t.title };
  }
}

/** @param season "academic-2025" or "calendar-2025" */
function reportTitle(season: string, t: MessagesWords['inbox'], { report }: Texts): string {
  const [, kind, year] = /^(academic|calendar)-(\d{4})$/.exec(season) ?? [];
  if (year === undefined) return t.reportReadyPlain;
  const name = kind === 'calendar' ? report.calendarYear : report.academicYear;
  return fill(t.reportReady, { year: fill(name, { year, next: Number(year) + 1 }) });
}

function booksWords(body: Books, t: MessagesWords['inbox'], texts: Texts, language: Language) {
  const { kind, total } = body;
  // the kinds of `body` are told apart by what their books have
  const books: readonly Book[] = body.books;
  const { one, many } = t.books[kind];
  const isOne = total === 1;
  const shown = books.slice(0, MOST_SHOWN);
  const left = total - shown.length;
  return {
    title: say(isOne ? one : many, { title: books[0]?.title ?? '', n: total }),
    facts: shown.map((book, at) => ({
      key: `${at}`,
      title: isOne ? '' : book.title,
      ...bookWords(book, kind, t, texts, language),
    })),
    more: left > 0 ? fill(t.more, { n: left }) : '',
  };
}

function bookWords(
  book: Book,
  kind: Books['kind'],
  t: MessagesWords['inbox'],
  texts: Texts,
  language: Language,
) {
  if ('loanId' in book) {
    const { code, libraryText = '', dueAt } = book;
    const due = dueWords(dueAt, texts.shelf, language);
    // that it is overdue stands in the title
    const isSaid = kind === 'overdue' && (code === undefined || code === 'OVERDUE');
    const why = code === undefined || kind === 'overdue' ? '' : denialWords({ code }).title;
    return {
      words: joined([due, why], language),
      quote: libraryText === '' || isSaid ? '' : fill(texts.denial.quote, { text: libraryText }),
      bibId: '',
    };
  }
  if ('holdId' in book) {
    const pickup = book.pickup === undefined ? '' : fill(t.pickup, { place: book.pickup });
    const until =
      book.readyUntil === undefined ? '' : fill(t.readyUntil, { day: dayText(book.readyUntil, language) });
    return { words: joined([until, pickup], language), quote: '', bibId: '' };
  }
  return {
    words: book.place === undefined ? '' : fill(t.place, { place: book.place }),
    quote: '',
    bibId: book.bibId,
  };
}

const joined = (parts: string[], language: Language): string =>
  parts.filter((part) => part !== '').join(language === 'en' ? ' · ' : '，');
